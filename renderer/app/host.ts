// useHost(): what this host is and what the engine offers; both do not change while the window lives.
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Commands } from '../../engine/contract/commands.ts'
import type { HostInfo } from '../../main/api/contract/system.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'

export type Catalog = Commands['catalog']['result']

export const useHost = defineStore('host', () => {
  const rpc = useRpc()
  const info = shallowRef<HostInfo | null>(null)
  const catalog = shallowRef<Catalog | null>(null)
  const error = shallowRef<AppError | null>(null)
  /** The project of the command line is opened once, not at every visit of the start screen. */
  const greeted = ref(false)

  const load = async (): Promise<void> => {
    error.value = null
    try {
      info.value = await rpc.system.info()
      catalog.value = await rpc.system.catalog()
    } catch (failure) {
      error.value = asAppError(failure)
    }
  }
  void load()

  return { info, catalog, error, greeted, load }
})

/** `folder` and `name` joined as `platform` does. */
export function joinPath(folder: string, name: string, platform: string): string {
  const separator = platform === 'win32' ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}

/** A file name of a project from what people call it: no separators, no signs that some disk refuses. */
export function fileNameOf(name: string): string {
  const kept = name.trim().replaceAll(/[\\/:*?"<>|]|\p{Cc}/gu, '-').slice(0, 80).replace(/^\.+|[. ]+$/g, '')
  return `${kept || 'project'}.lathe`
}
