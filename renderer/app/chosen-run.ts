// useChosenRun(): the run that the address names, or the one that suits best.
import { computed, type ComputedRef, type WritableComputedRef } from 'vue'
import type { RunRecord } from '../../db/contract/records.ts'
import { useProject } from './project.ts'
import { useQueryRef } from './query.ts'

/** Runs with weights to look at, newest first. */
export const usableRuns = (runs: readonly RunRecord[]): readonly RunRecord[] => runs.filter((run) => run.weightsHash !== null || run.epoch >= 1).toSorted((a, b) => b.id - a.id)

interface Chosen {
  readonly id: WritableComputedRef<number | null>
  readonly run: ComputedRef<RunRecord | null>
  readonly usable: ComputedRef<readonly RunRecord[]>
}

export function useChosenRun(): Chosen {
  const project = useProject()
  const query = useQueryRef('run')
  const usable = computed(() => usableRuns(project.runs))
  const run = computed(() => {
    const wanted = Number(query.value)
    return usable.value.find((r) => r.id === wanted) ?? (query.value === null ? usable.value[0] : undefined) ?? null
  })
  return {
    id: computed({ get: () => run.value?.id ?? null, set: (value) => { query.value = value === null ? null : String(value) } }),
    run,
    usable,
  }
}
