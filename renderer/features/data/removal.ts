// Removing samples: said where it can be taken back.
import { useToast } from '@nuxt/ui/composables'
import type { SampleId } from '../../../engine/contract/ids.ts'
import { useProject } from '../../app/project.ts'
import { useRpc } from '../../bridge/client.ts'
import { asAppError, type AppError } from '../../bridge/errors.ts'
import { plural } from '../../ui/format.ts'

/** Milliseconds that the way back is offered: long enough to notice that it was a mistake. */
const UNDO_FOR = 20_000

/** Resolves with whether the samples are gone; what fails goes to `failed`. */
export function useRemoval(failed: (error: AppError) => void): (samples: readonly number[]) => Promise<boolean> {
  const rpc = useRpc()
  const toast = useToast()
  const project = useProject()
  const restore = async (ids: readonly SampleId[]): Promise<void> => {
    try {
      const { restored } = await project.edit((at) => rpc.samples.restore({ project: at, ids: [...ids] }))
      toast.add({ title: `${plural(restored, 'sample')} restored`, icon: 'i-lucide-undo-2' })
    } catch (error) {
      failed(asAppError(error))
    }
  }
  return async (samples) => {
    const ids = samples as SampleId[]
    if (ids.length === 0) return false
    try {
      const { removed } = await project.edit((at) => rpc.samples.remove({ project: at, ids: [...ids] }))
      toast.add({
        title: `${plural(removed, 'sample')} removed`,
        icon: 'i-lucide-trash-2',
        duration: UNDO_FOR,
        actions: [{ label: 'Undo', color: 'neutral', variant: 'outline', onClick: () => { void restore(ids) } }],
      })
      return true
    } catch (error) {
      failed(asAppError(error))
      return false
    }
  }
}
