// Tree over a folder on disk. Links are not followed out of it.
import { createReadStream } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { isHidden, makeTree, MAX_FILE, type Tree, type TreeEntry } from './tree.ts'

/** Deeper folders are a loop or a mistake. */
const MAX_DEPTH = 64

export async function diskTree(folder: string): Promise<Tree> {
  const root = await realpath(folder)
  const entries: TreeEntry[] = []
  const add = (path: string, refused: string | null): void => {
    const file = join(folder, path)
    entries.push({ path, file, refused, read: () => readLimited(file), stream: () => Promise.resolve(createReadStream(file) as AsyncIterable<Uint8Array>) })
  }
  const walk = async (under: string, depth: number): Promise<void> => {
    let children
    try {
      children = await readdir(join(folder, under), { withFileTypes: true })
    } catch (error) {
      if (depth === 0) throw error
      add(under, 'folder cannot be read')
      return
    }
    for (const child of children) {
      const path = under ? `${under}/${child.name}` : child.name
      if (isHidden(child.name)) continue
      if (child.isDirectory()) {
        if (depth >= MAX_DEPTH) add(path, 'folders nested too deeply')
        else await walk(path, depth + 1)
      } else if (child.isFile()) add(path, null)
      else add(path, child.isSymbolicLink() ? await refuseLink(join(folder, path), root) : 'not a regular file')
    }
  }
  await walk('', 0)
  return makeTree(entries)
}

async function refuseLink(file: string, root: string): Promise<string | null> {
  try {
    const target = await realpath(file)
    if (!target.startsWith(root + sep)) return 'symbolic link out of the chosen folder'
    return (await stat(target)).isFile() ? null : 'symbolic link to a folder'
  } catch {
    return 'broken symbolic link'
  }
}

async function readLimited(file: string): Promise<Uint8Array> {
  const { size } = await stat(file)
  if (size > MAX_FILE) throw Object.assign(new Error('over 1 GB'), { code: 'TOOBIG' })
  return readFile(file)
}
