// withProject: one connection to the project file for the length of a command.
import { openProject, type Project } from '../../db/project.ts'

/** The host has checked the file when it opened it, so only the schema is checked here. */
export async function withProject<T>(path: string, body: (project: Project) => Promise<T>): Promise<T> {
  using project = openProject(path, { verify: false })
  return await body(project)
}
