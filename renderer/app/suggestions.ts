// Suggestions of a run for a list of samples: accepted as one step of undo, or rejected, which can be taken back.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { sampleId } from '../../engine/contract/ids.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { useProject } from './project.ts'
import type { SampleList } from './sample-list.ts'

export interface SuggestionActions {
  /** Those of `samples` that have an open suggestion: as their rows say, and where those are not here, if `all` of the list have one. */
  open(samples: readonly number[], all?: boolean): number[]
  accept(samples: readonly number[]): Promise<void>
  reject(samples: readonly number[]): Promise<void>
  /** How many were rejected last; 0 where there is nothing to take back. */
  readonly rejected: ComputedRef<number>
  takeBack(): Promise<void>
  readonly error: ShallowRef<AppError | null>
  readonly busy: Readonly<Ref<boolean>>
}

export function useSuggestions(list: Pick<SampleList, 'ids' | 'patch' | 'row'>): SuggestionActions {
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
  /** Accepted or rejected since the list was read. */
  const answered = shallowRef<ReadonlySet<number>>(new Set())
  watch(list.ids, () => { answered.value = new Set() })
  const answer = (samples: readonly number[]): void => { answered.value = new Set([...answered.value, ...samples]) }
  const ids = (samples: readonly number[]) => samples.map((id) => sampleId.parse(id))
  return {
    open: (samples, all = false) => samples.filter((id) => { const row = list.row(id); return row ? row.suggestion !== undefined : all && !answered.value.has(id) }),
    async accept(samples) {
      if (samples.length === 0) return
      const done = await saved(list.patch(samples, ({ suggestion, ...row }) => ({ ...row, class: suggestion?.class ?? row.class })), async (path) => {
        const { state } = await rpc.active.accept({ project: path, samples: ids(samples) })
        project.undoState = state
      })
      if (done) answer(samples)
    },
    async reject(samples) {
      if (samples.length === 0) return
      if (!(await saved(list.patch(samples, ({ suggestion: _said, ...row }) => row), (path) => rpc.active.reject({ project: path, samples: ids(samples) })))) return
      last.value = samples
      answer(samples)
    },
    rejected: computed(() => last.value.length),
    async takeBack() {
      const samples = last.value
      if (samples.length > 0 && (await saved(() => undefined, (path) => rpc.active.reject({ project: path, samples: ids(samples), rejected: false })))) {
        last.value = []
        answered.value = new Set()
      }
    },
    error,
    busy,
  }
}
