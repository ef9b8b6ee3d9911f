// Labelling a list of samples: shown at once, saved at once, taken back when saving fails.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { classId, type SampleId } from '../../engine/contract/ids.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'
import type { SampleList } from './sample-list.ts'

export interface Labelling {
  /** Sets `label` (null clears) on all of `samples` as one step of undo. */
  assign(samples: readonly number[], label: number | null): Promise<void>
  /** What was refused last, and the samples that kept their old label. */
  readonly error: ShallowRef<AppError | null>
  readonly busy: Readonly<Ref<number>>
}

export function useLabelling(list: Pick<SampleList, 'patch'>): Labelling {
  const rpc = useRpc()
  const project = useProject()
  const error = shallowRef<AppError | null>(null)
  const busy = ref(0)
  // Edits leave in the order they were made, so that undo takes back the last one.
  let last: Promise<unknown> = Promise.resolve()

  const assign = async (samples: readonly number[], label: number | null): Promise<void> => {
    if (samples.length === 0) return
    const id = label === null ? null : classId.parse(label)
    const rollback = list.patch(samples, (row) => ({ ...row, class: id }))
    busy.value += 1
    const save = last.then(() => project.edit((path) => rpc.labels.assign({ project: path, samples: [...samples] as SampleId[], class: id })))
    last = save.catch(() => undefined)
    try {
      const { state } = await save
      project.undoState = state
      error.value = null
    } catch (failure) {
      rollback()
      error.value = asAppError(failure)
    } finally {
      busy.value -= 1
    }
  }
  return { assign, error, busy }
}
