// Tree: the files of a folder or of an archive under one face, so that formats read both alike.
export interface TreeEntry {
  /** Relative to the root, with `/`. */
  readonly path: string
  /** Absolute path on disk; null inside an archive. */
  readonly file: string | null
  /** Why it must not be read; null where it may. */
  readonly refused: string | null
  stream(): Promise<AsyncIterable<Uint8Array>>
  read(): Promise<Uint8Array>
}

export interface Tree {
  /** Visible files in the order of their paths; hidden ones and operating system litter left out. */
  readonly entries: readonly TreeEntry[]
  find(path: string): TreeEntry | undefined
  close(): void
}

/** Larger single files are refused: no image under 100 megapixels needs more. */
export const MAX_FILE = 1024 * 1024 * 1024

/** Dot files, and what operating systems leave in folders and archives. */
export function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX') || /(^|\/)(thumbs\.db|desktop\.ini|icon\r)$/i.test(path)
}

export function makeTree(entries: TreeEntry[], close: () => void = () => undefined): Tree {
  entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  let byPath: Map<string, TreeEntry> | null = null
  return {
    entries,
    find: (path) => (byPath ??= new Map(entries.map((e) => [e.path, e]))).get(path),
    close,
  }
}
