// useCatalog(): what the engine offers — tasks, models, methods, optimizers — read once.
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Commands } from '../../engine/contract/commands.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'

export type Catalog = Commands['catalog']['result']

export const useCatalog = defineStore('catalog', () => {
  const rpc = useRpc()
  const catalog = shallowRef<Catalog | null>(null)
  const error = shallowRef<AppError | null>(null)
  let reading: Promise<void> | null = null

  const read = async (): Promise<void> => {
    try {
      catalog.value = await rpc.system.catalog()
      error.value = null
    } catch (failure) {
      error.value = asAppError(failure)
      reading = null
    }
  }
  const load = (): Promise<void> => (reading ??= read())
  return { catalog, error, load }
})
