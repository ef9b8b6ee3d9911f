// Dropped and chosen files as paths the main process can read: straight from the disk, or uploaded first.
import { z } from 'zod'
import { serializedError } from '../../engine/contract/errors.ts'
import { AppError } from './errors.ts'

/** A file with its place below what was dropped: `cat/1.png`. */
export interface PickedFile {
  readonly file: File
  readonly relative: string
}
export interface Handover {
  /** To give to `samples.import`. */
  readonly paths: readonly string[]
  readonly uploaded: boolean
}
const uploaded = z.object({ path: z.string(), root: z.string() })
/** Requests at once: a browser opens no more to one host anyway. */
const PARALLEL = 4

/** Everything below a drop, folders walked. In a desktop window the top entries are enough. */
export async function dropped(data: DataTransfer): Promise<readonly PickedFile[]> {
  const entries = [...data.items].filter((item) => item.kind === 'file').map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }))
  // One folder alone is the data set itself; of several each is a part of it and keeps its name.
  const alone = entries.length === 1
  const lists = await Promise.all(entries.map(({ entry, file }) => {
    if (entry?.isDirectory === true && !window.lathe) return walk(entry, alone ? '' : `${entry.name}/`)
    return Promise.resolve(file ? [{ file, relative: file.name }] : [])
  }))
  return lists.flat()
}

/** Of an <input type="file">, with `webkitdirectory` or without. */
export function chosen(files: FileList): readonly PickedFile[] {
  return [...files].map((file) => {
    const below = file.webkitRelativePath.split('/').slice(1).join('/')
    return { file, relative: below === '' ? file.name : below }
  })
}

/** @throws AppError when a file is refused or the host is gone; nothing is imported then. */
export async function handOver(files: readonly PickedFile[], progress: (done: number, total: number) => void, signal: AbortSignal): Promise<Handover> {
  const host = window.lathe
  if (host) {
    const paths = files.map(({ file }) => host.pathForFile(file)).filter((path) => path !== '')
    return { paths, uploaded: false }
  }
  const batch = crypto.randomUUID()
  const roots = new Set<string>()
  const alone: string[] = []
  const queue = files.entries()
  let done = 0
  const work = async (): Promise<void> => {
    for (const [, picked] of queue) {
      const answer = await upload(batch, picked, signal)
      roots.add(answer.root)
      alone.push(answer.path)
      done += 1
      progress(done, files.length)
    }
  }
  await Promise.all(Array.from({ length: PARALLEL }, work))
  // A lone file is named itself, so that a zip or a CSV is read as what it is.
  return { paths: alone.length === 1 ? alone : [...roots], uploaded: true }
}

async function upload(batch: string, { file, relative }: PickedFile, signal: AbortSignal): Promise<z.infer<typeof uploaded>> {
  const query = new URLSearchParams({ batch, path: relative })
  let response: Response
  try {
    response = await fetch(`/upload?${query.toString()}`, { method: 'POST', body: file, signal })
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'cancelled')
    throw new AppError('disconnected', `${relative}: could not be handed over: ${error instanceof Error ? error.message : String(error)}`)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return uploaded.parse(answer)
  const refused = serializedError.safeParse(answer)
  throw refused.success ? new AppError(refused.data.kind, refused.data.message, refused.data.details) : new AppError('internal', `${relative}: the host answered ${response.status}`)
}

/** Files below a folder, named from `prefix`. */
async function walk(entry: FileSystemEntry, prefix: string): Promise<readonly PickedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => { (entry as FileSystemFileEntry).file(resolve, reject) })
    return [{ file, relative: prefix + entry.name }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: PickedFile[] = []
  // readEntries gives at most 100 at a time and an empty list at the end.
  for (;;) {
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject) })
    if (entries.length === 0) return found
    for (const child of entries) found.push(...await walk(child, child.isDirectory ? `${prefix}${child.name}/` : prefix))
  }
}
