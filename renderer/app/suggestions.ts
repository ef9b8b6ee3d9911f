// Suggestions of a run for a list of samples: accepted as one step of undo, or rejected, which can be taken back.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { sampleId } from '../../engine/contract/ids.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'
import type { SampleList } from './sample-list.ts'

export interface SuggestionActions {
  /** Those of `samples` that have an open suggestion, as far as their rows are here. */
  open(samples: readonly number[]): number[]
  accept(samples: readonly number[]): Promise<void>
  reject(samples: readonly number[]): Promise<void>
  /** How many were rejected last; 0 where there is nothing to take back. */
  readonly rejected: ComputedRef<number>
  takeBack(): Promise<void>
  readonly error: ShallowRef<AppError | null>
  readonly busy: Readonly<Ref<boolean>>
}

export function useSuggestions(list: Pick<SampleList, 'patch' | 'row'>): SuggestionActions {
  const rpc = useRpc()
  const project = useProject()
  const error = shallowRef<AppError | null>(null)
  const busy = ref(false)
  const last = shallowRef<readonly number[]>([])
  const saved = async (rollback: () => void, work: (path: string) => Promise<unknown>): Promise<boolean> => {
    busy.value = true
    try {
      await project.edit(work)
      error.value = null
      return true
    } catch (failure) {
      rollback()
      error.value = asAppError(failure)
      return false
    } finally {
      busy.value = false
    }
  }
  const ids = (samples: readonly number[]) => samples.map((id) => sampleId.parse(id))
  return {
    open: (samples) => samples.filter((id) => list.row(id)?.suggestion !== undefined),
    async accept(samples) {
      if (samples.length === 0) return
      await saved(list.patch(samples, ({ suggestion, ...row }) => ({ ...row, class: suggestion?.class ?? row.class })), async (path) => {
        const { state } = await rpc.active.accept({ project: path, samples: ids(samples) })
        project.undoState = state
      })
    },
    async reject(samples) {
      if (samples.length === 0) return
      if (await saved(list.patch(samples, ({ suggestion: _said, ...row }) => row), (path) => rpc.active.reject({ project: path, samples: ids(samples) }))) last.value = samples
    },
    rejected: computed(() => last.value.length),
    async takeBack() {
      const samples = last.value
      if (samples.length > 0 && (await saved(() => undefined, (path) => rpc.active.reject({ project: path, samples: ids(samples), rejected: false })))) last.value = []
    },
    error,
    busy,
  }
}
