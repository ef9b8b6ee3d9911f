// useRunMetrics(): curves of the runs that are looked at, read once and then kept live by the event stream.
import { defineStore } from 'pinia'
import { ref, shallowReactive, watch } from 'vue'
import type { MetricPoint, TrainProgress } from '../../engine/contract/events.ts'
import { runId } from '../../engine/contract/ids.ts'
import { useEventStream, useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'
import { mergeCurves, type Curves } from './curves.ts'
import { useProject } from './project.ts'

/** Points that come within this many ms are drawn together. */
const FRAME = 100

interface Followed {
  /** Metric name → its points, by step. */
  readonly curves: Curves
  readonly state: 'loading' | 'ready' | 'failed'
  readonly error: AppError | null
}
const NOTHING: Followed = { curves: new Map(), state: 'loading', error: null }

export const useRunMetrics = defineStore('run-metrics', () => {
  const rpc = useRpc()
  const project = useProject()
  const followed = shallowReactive(new Map<number, Followed>())
  /** What the runs said on the way, by run: the latest last. */
  const warnings = ref(new Map<number, readonly string[]>())
  /** How far each run was when it last said so. */
  const progress = shallowReactive(new Map<number, TrainProgress>())
  const waiting = new Map<number, MetricPoint[]>()
  let timer: ReturnType<typeof setTimeout> | undefined

  const flush = (): void => {
    timer = undefined
    for (const [run, points] of waiting) {
      const entry = followed.get(run)
      if (entry && entry.state !== 'loading') {
        followed.set(run, { ...entry, curves: mergeCurves(entry.curves, points) })
        waiting.delete(run)
      }
    }
  }
  const read = async (run: number): Promise<void> => {
    const path = project.path
    if (path === null) return
    const before = followed.get(run) ?? NOTHING
    try {
      const points = await rpc.runs.metrics({ project: path, run: runId.parse(run), after: -1 })
      if (project.path !== path) return
      followed.set(run, { curves: mergeCurves(new Map(), points), state: 'ready', error: null })
      flush()
    } catch (failure) {
      if (project.path === path) followed.set(run, { ...before, state: 'failed', error: asAppError(failure) })
    }
  }
  /** Reads the run's curves unless that is done, and keeps them live. */
  const follow = (run: number): void => {
    const entry = followed.get(run)
    if (entry && entry.state !== 'failed') return
    followed.set(run, entry ? { ...entry, state: 'loading' } : NOTHING)
    void read(run)
  }

  useEventStream().subscribe((event) => {
    if (event.type === 'reconnected') for (const run of followed.keys()) void read(run)
    if (event.type !== 'train' || event.project !== project.path) return
    const said = event.event
    if (said.type === 'progress') progress.set(said.run, said.progress)
    if (said.type === 'started') progress.delete(said.run)
    if (said.type === 'warning') warnings.value.set(said.run, [...(warnings.value.get(said.run) ?? []).filter((w) => w !== said.message), said.message])
    if (said.type !== 'metrics' || !followed.has(said.run)) return
    waiting.set(said.run, [...(waiting.get(said.run) ?? []), ...said.points])
    timer ??= setTimeout(flush, FRAME)
  })
  watch(() => project.path, () => {
    followed.clear()
    waiting.clear()
    progress.clear()
    warnings.value = new Map()
  })

  return {
    follow,
    warnings,
    progress,
    of: (run: number | null): Followed => (run === null ? NOTHING : (followed.get(run) ?? NOTHING)),
  }
})
