// importSession: everything that `body` stores belongs to one import; when it fails or is cancelled nothing of it stays.
import type { Project } from '../../db/project.ts'
import type { ImportReport } from '../contract/commands.ts'
import type { ImportId } from '../contract/ids.ts'

/**
 * Batches are short transactions, so that the window can write meanwhile; a process that dies on the way leaves an
 * unfinished import, which is taken back when the project is opened next.
 */
export async function importSession(project: Project, source: string, body: (id: ImportId) => Promise<ImportReport>): Promise<ImportReport> {
  const id = project.imports.begin(source)
  let report: ImportReport
  try {
    report = await body(id)
  } catch (error) {
    project.imports.undo(id)
    throw error
  }
  return project.imports.finish(id, report).report
}
