// The event stream: order, coalescing, end without a leak.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { runId } from '../../engine/contract/ids.ts'
import { EventBus } from '../services/events.ts'
import type { AppEvent } from './contract/events.ts'
import { watch } from './watch.ts'

const run = runId.parse(1)
const progress = (step: number): AppEvent => ({ type: 'train', project: 'p', event: { type: 'progress', run, progress: { epoch: 0, epochs: 1, step, steps: 1000, samplesPerSecond: 1, etaSeconds: null } } })
const point = (step: number): AppEvent => ({ type: 'train', project: 'p', event: { type: 'metrics', run, points: [{ name: 'train/loss', step, epoch: 0, value: 1, at: 0 }] } })

async function collect(bus: EventBus, during: () => Promise<void>): Promise<AppEvent[]> {
  const abort = new AbortController()
  const seen: AppEvent[] = []
  const done = (async () => { for await (const event of watch(bus, abort.signal)) seen.push(event) })()
  await sleep(1)
  await during()
  abort.abort()
  await done
  return seen
}

test('progress comes at most ten times a second, the latest last', async () => {
  const bus = new EventBus()
  const seen = await collect(bus, async () => {
    for (let i = 0; i < 300; i++) {
      bus.emit(progress(i))
      if (i % 10 === 0) await sleep(10)
    }
    await sleep(150)
  })
  expect(seen.length).toBeGreaterThan(1)
  expect(seen.length).toBeLessThan(12)
  const last = seen.at(-1)
  expect(last?.type === 'train' && last.event.type === 'progress' && last.event.progress.step).toBe(299)
})

test('metric points are never lost and arrive at once, in order', async () => {
  const bus = new EventBus()
  const seen = await collect(bus, async () => {
    bus.emit(progress(0))
    for (let i = 0; i < 500; i++) bus.emit(point(i))
    bus.emit({ type: 'train', project: 'p', event: { type: 'ended', run, status: 'finished' } })
    await sleep(20)
  })
  const steps = seen.flatMap((event) => (event.type === 'train' && event.event.type === 'metrics' ? event.event.points.map((p) => p.step) : []))
  expect(steps).toEqual(Array.from({ length: 500 }, (_, i) => i))
  const last = seen.at(-1)
  expect(last?.type === 'train' && last.event.type).toBe('ended')
})

test('an aborted or returned stream leaves no listener', async () => {
  const bus = new EventBus()
  await collect(bus, () => sleep(1))
  const abort = new AbortController()
  const stream = watch(bus, abort.signal, [progress(1)])
  await stream.next()
  expect(bus.listeners).toBe(1)
  await stream.return()
  expect(bus.listeners).toBe(0)
})
