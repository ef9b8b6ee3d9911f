// Stamp of a set of source files: equal stamps mean that nothing changed since.
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'

/** SHA-256 over path, size and time of change of every accepted file under `sources` (files or folders, relative to `root`). */
export async function sourceStamp(root: string, sources: readonly string[], accepts: (file: string) => boolean): Promise<string> {
  const files = (await Promise.all(sources.map((source) => filesOf(root, source)))).flat().filter(accepts)
  const lines = await Promise.all(
    [...new Set(files)].sort().map(async (file) => {
      const { size, mtimeMs } = await stat(path.join(root, file))
      return `${file} ${size} ${mtimeMs}`
    }),
  )
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

async function filesOf(root: string, source: string): Promise<string[]> {
  const full = path.join(root, source)
  const found = await stat(full).catch(() => null)
  if (!found) return []
  if (found.isFile()) return [source]
  const entries = await readdir(full, { withFileTypes: true })
  const inside = await Promise.all(entries.filter((entry) => entry.name !== 'node_modules').map((entry) => filesOf(root, `${source}/${entry.name}`)))
  return inside.flat()
}

/** True when the folder `out` was made from sources of this stamp. */
export async function isFresh(out: string, stamp: string): Promise<boolean> {
  return (await readFile(path.join(out, '.stamp'), 'utf8').catch(() => '')) === stamp
}
