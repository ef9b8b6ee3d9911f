// writeLabels: the labels of a project as files of a format, which appear whole or not at all.
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import type { Project } from '../../db/project.ts'
import type { SampleId } from '../../engine/contract/ids.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import { mapClasses } from '../../engine/contract/label.ts'
import type { DataFormat, LabelRow, WrittenFile } from '../../engine/formats/format.ts'

const PAGE = 1000

/** `out`: a file, or the folder of a format with several files. Throws LatheError `usage` for a format that cannot be written or cannot hold the labels. */
export async function writeLabels(project: Project, format: string, out: string): Promise<number> {
  const { formats } = await import('../../engine/formats/index.ts')
  const writing = Object.entries<DataFormat>(formats).filter(([, one]) => 'write' in one || 'writeFiles' in one)
  const chosen = writing.find(([name]) => name === format)?.[1]
  if (!chosen) throw new LatheError('usage', `labels cannot be written as '${format}'; they can be as ${writing.map(([name]) => name).join(', ')}`)
  const rows = await labelRows(project)
  const draft = `${out}.${process.pid}.part`
  try {
    if (chosen.write) await pipeline(Readable.from(chosen.write(rows)), createWriteStream(draft))
    else if (chosen.writeFiles) {
      await makeRoom(out)
      await writeFolder(draft, chosen.writeFiles(rows))
    }
    await rename(draft, out)
  } catch (error) {
    await rm(draft, { force: true, recursive: true })
    throw writeError(error, out)
  }
  return rows.length
}

/** An empty folder may be there already. */
async function makeRoom(out: string): Promise<void> {
  const inside = await readdir(out).catch(() => null)
  if (inside && inside.length > 0) throw new LatheError('conflict', `${out}: the folder is not empty; name a new one, nothing was written`, { path: out })
  if (inside) await rmdir(out)
}

async function writeFolder(folder: string, files: Iterable<WrittenFile>): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const { path: name, data } of files) {
    // Names of samples come from what was imported: whatever they say, the file stays in the folder.
    const file = path.join(folder, path.posix.join('/', name.replaceAll('\\', '/')))
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, data)
  }
}

async function labelRows(project: Project): Promise<LabelRow[]> {
  const names = new Map(project.classes.list().map((entry) => [entry.id as number, entry.name]))
  const nameOf = (id: number): string => names.get(id) ?? ''
  const ids = project.samples.ids({})
  const rows: LabelRow[] = []
  for (let at = 0; at < ids.length; at += PAGE) {
    for (const { id, mime, name, class: own, label, split, width, height } of project.samples.many(ids.slice(at, at + PAGE))) {
      rows.push({ name, className: own === null ? null : nameOf(own), split, label: label && mapClasses(label, nameOf), width, height, text: () => textOf(project, id, mime) })
    }
    await breathe()
  }
  return rows
}

/** Of a sample that is a text in the project; null for others. */
function textOf(project: Project, id: SampleId, mime: string): string | null {
  const { data } = mime === 'text/plain' ? project.samples.data(id) : { data: null }
  return data && new TextDecoder().decode(data)
}

function writeError(error: unknown, file: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'ENOSPC') return new LatheError('disk-full', `${file}: the disk is full; nothing was written: free some space, then try again`, { path: file }, { cause: error })
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new LatheError('read-only', `${file} cannot be written: choose another place`, { path: file }, { cause: error })
  return error
}
