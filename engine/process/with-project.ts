// withProject: one connection to the project file for the length of a command.
import { openProject, type Project } from '../../db/project.ts'
import { lendModelFiles } from '../models/imported/files.ts'

/** The host has checked the file when it opened it, so only the schema is checked here. Its model files can be read meanwhile. */
export async function withProject<T>(path: string, body: (project: Project) => Promise<T>): Promise<T> {
  using project = openProject(path, { verify: false })
  using _files = lendModelFiles((sha256) => project.modelFiles.find(sha256)?.bytes ?? null)
  return await body(project)
}
