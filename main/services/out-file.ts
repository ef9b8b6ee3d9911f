// outFile: where a use-case may write a file that the user named.
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { isProject } from '../../db/header.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import type { PathGuard } from './paths.ts'

/**
 * The absolute path of `out`.
 * @throws LatheError `not-found` when its folder is not there, `conflict` when it is a project: those are never written over.
 */
export async function outFile(paths: PathGuard, out: string): Promise<string> {
  const file = paths.check(out)
  const folder = await stat(path.dirname(file)).catch(() => null)
  if (!folder?.isDirectory()) throw new LatheError('not-found', `${path.dirname(file)}: there is no such folder to write ${path.basename(file)} in; make it first`, { path: file })
  if (isProject(file)) throw new LatheError('conflict', `${file} is a Lathe project, which is never written over: choose another name`, { path: file })
  return file
}
