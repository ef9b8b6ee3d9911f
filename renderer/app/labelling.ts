// Labelling a list of samples: shown at once, saved at once, taken back when saving fails.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { classId, sampleId, type SampleId } from '../../engine/contract/ids.ts'
import type { NumberedLabel } from '../../engine/contract/label.ts'
import type { UndoState } from '../../main/api/contract/labels.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'
import type { SampleList } from './sample-list.ts'

export interface Labelling {
  /** Sets `label` (null clears) on all of `samples` as one step of undo. */
  assign(samples: readonly number[], label: number | null): Promise<void>
  /** Sets the label of one sample where that is no class. */
  set(sample: number, label: NumberedLabel | null): Promise<void>
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

  const saved = async (rollback: () => void, work: (path: string) => Promise<{ readonly state: UndoState }>): Promise<void> => {
    busy.value += 1
    const save = last.then(() => project.edit(work))
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
  const assign = async (samples: readonly number[], label: number | null): Promise<void> => {
    if (samples.length === 0) return
    const id = label === null ? null : classId.parse(label)
    await saved(list.patch(samples, (row) => ({ ...row, class: id })), (path) => rpc.labels.assign({ project: path, samples: [...samples] as SampleId[], class: id }))
  }
  const set = (sample: number, label: NumberedLabel | null): Promise<void> =>
    saved(list.patch([sample], (row) => ({ ...row, label })), (path) => rpc.labels.set({ project: path, sample: sampleId.parse(sample), label }))
  return { assign, set, error, busy }
}
