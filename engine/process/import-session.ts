// importSession: everything that `body` stores belongs to one import; when it fails or is cancelled nothing of it stays.
import type { Project } from '../../db/project.ts'
import type { ImportReport } from '../contract/commands.ts'
import type { ImportId } from '../contract/ids.ts'

/** Under way in this process, by project: ids are of one file. */
const active = new Map<string, Set<ImportId>>()

/**
 * Batches are short transactions, so that the window can write meanwhile; a process that dies on the way leaves an
 * unfinished import, which is taken back when the project is opened next. One that could not be taken back (disk full)
 * goes before the next begins, so that nothing is told to be a duplicate of what will go.
 */
export async function importSession(project: Project, source: string, body: (id: ImportId) => Promise<ImportReport>): Promise<ImportReport> {
  const own = active.get(project.path) ?? new Set<ImportId>()
  active.set(project.path, own)
  project.imports.undoUnfinished(own)
  const id = project.imports.begin(source)
  own.add(id)
  try {
    return project.imports.finish(id, await body(id)).report
  } catch (error) {
    takeBack(project, id)
    throw error
  } finally {
    own.delete(id)
  }
}

/** The first error says why the import failed; what cannot be taken back now is taken back later. */
function takeBack(project: Project, id: ImportId): void {
  try {
    project.imports.undo(id)
  } catch {
    return
  }
}
