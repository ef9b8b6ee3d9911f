// useRunMetrics(): curves read once, kept live, read again after a break.
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { fakeBridge } from '../../test/support/fake-bridge.ts'
import type { MetricPoint } from '../../engine/contract/events.ts'
import { runId } from '../../engine/contract/ids.ts'
import { useProject } from './project.ts'
import { useRunMetrics } from './run-metrics.ts'

const run = runId.parse(1)
const at = (step: number, value: number): MetricPoint => ({ name: 'val/loss', step, value, epoch: step, at: step })
const values = (metrics: ReturnType<typeof useRunMetrics>): readonly number[] => (metrics.of(run).curves.get('val/loss') ?? []).map((p) => p.value)

beforeEach(() => { setActivePinia(createPinia()) })
function opened(read: () => readonly MetricPoint[] | Promise<readonly MetricPoint[]>): { readonly metrics: ReturnType<typeof useRunMetrics>; readonly bridge: ReturnType<typeof fakeBridge> } {
  const bridge = fakeBridge({ runs: { metrics: read } })
  useProject().path = '/a.lathe'
  return { metrics: useRunMetrics(), bridge }
}

test('what comes while the curves are being read is not lost, and nothing is there twice', async () => {
  const answer = Promise.withResolvers<readonly MetricPoint[]>()
  const { metrics, bridge } = opened(() => answer.promise)
  metrics.follow(run)
  metrics.follow(run)
  expect(metrics.of(run).state).toBe('loading')
  bridge.events.emit({ type: 'train', project: '/a.lathe', event: { type: 'metrics', run, points: [at(2, 0.2), at(3, 0.1)] } })
  answer.resolve([at(1, 0.3), at(2, 0.2)])
  await vi.waitFor(() => { expect(values(metrics)).toEqual([0.3, 0.2, 0.1]) })
  expect(bridge.calls.filter((call) => call === 'runs.metrics')).toHaveLength(1)
})

test('points of a followed run are drawn within a moment, of others and of other projects not at all', async () => {
  const { metrics, bridge } = opened(() => [])
  metrics.follow(run)
  await vi.waitFor(() => { expect(metrics.of(run).state).toBe('ready') })
  bridge.events.emit({ type: 'train', project: '/other.lathe', event: { type: 'metrics', run, points: [at(1, 9)] } })
  bridge.events.emit({ type: 'train', project: '/a.lathe', event: { type: 'metrics', run: runId.parse(2), points: [at(1, 9)] } })
  bridge.events.emit({ type: 'train', project: '/a.lathe', event: { type: 'metrics', run, points: [at(1, 0.5)] } })
  bridge.events.emit({ type: 'train', project: '/a.lathe', event: { type: 'progress', run, progress: { epoch: 1, epochs: 2, step: 1, steps: 2, samplesPerSecond: 10, etaSeconds: 1 } } })
  await vi.waitFor(() => { expect(values(metrics)).toEqual([0.5]) }, { timeout: 1000 })
  expect(metrics.of(runId.parse(2)).curves.size).toBe(0)
  expect(metrics.progress.get(run)?.steps).toBe(2)
})

test('after a break in the connection the curves are read again', async () => {
  let stored = [at(1, 1)]
  const { metrics, bridge } = opened(() => stored)
  metrics.follow(run)
  await vi.waitFor(() => { expect(values(metrics)).toEqual([1]) })
  stored = [at(1, 1), at(2, 0.5)]
  bridge.events.emit({ type: 'reconnected' })
  await vi.waitFor(() => { expect(values(metrics)).toEqual([1, 0.5]) })
})

test('curves that cannot be read say why, and can be asked for again', async () => {
  let broken = true
  const { metrics } = opened(() => { if (broken) throw new Error('the disk is gone'); return [at(1, 1)] })
  metrics.follow(run)
  await vi.waitFor(() => { expect(metrics.of(run).error?.message).toBe('the disk is gone') })
  broken = false
  metrics.follow(run)
  await vi.waitFor(() => { expect(values(metrics)).toEqual([1]) })
})
