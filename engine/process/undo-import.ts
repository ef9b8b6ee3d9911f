// Command undoImport: takes back all that an import brought.
import { z } from 'zod'
import { importId } from '../contract/ids.ts'
import type { Command } from './command.ts'
import { withProject } from './with-project.ts'

export const undoImportCommand: Command<'undoImport'> = {
  args: z.object({ project: z.string(), import: importId }),
  run: ({ project: file, import: id }) => withProject(file, (project) => Promise.resolve({ removed: project.imports.undo(id) })),
}
