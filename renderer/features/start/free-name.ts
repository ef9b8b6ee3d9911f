// A new project under a name that is still free in the projects folder.
import type { ProjectInfo } from '../../../db/contract/records.ts'
import type { HostInfo } from '../../../main/api/contract/system.ts'
import { fileNameOf, joinPath } from '../../app/host.ts'
import type { Rpc } from '../../bridge/client.ts'
import { asAppError } from '../../bridge/errors.ts'
import type { PickedFile } from '../../bridge/files.ts'

const TRIES = 100

/** @throws AppError when the folder cannot be written, or a hundred names are taken. */
export async function createFree(rpc: Rpc, host: HostInfo, name: string): Promise<ProjectInfo> {
  for (let attempt = 1; ; attempt++) {
    const numbered = attempt === 1 ? name : `${name} ${attempt}`
    try {
      return await rpc.projects.create({ path: joinPath(host.projectsFolder, fileNameOf(numbered), host.platform), task: 'image-classification', name: numbered })
    } catch (failure) {
      const error = asAppError(failure)
      if (error.kind !== 'conflict' || attempt >= TRIES) throw error
    }
  }
}

/** The dropped folder or file without its ending; "New project" for many loose files. */
export function nameOfDrop(files: readonly Pick<PickedFile, 'relative' | 'file'>[]): string {
  const tops = new Set(files.map(({ relative }) => relative.split('/')[0] ?? ''))
  const [top] = tops
  return tops.size === 1 && top ? top.replace(/\.[^.]{1,5}$/, '') || 'New project' : 'New project'
}
