// Tests of the experiment's store: one run at a time, progress by its job, a stop that is no error, a failure that is told.
import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { fakeBridge } from '../../../test/support/fake-bridge.ts'
import { AppError } from '../../bridge/errors.ts'
import { useExperiment } from './store.ts'

const job = { id: 3, kind: 'experiment', project: '', title: 'Experiment', progress: { done: 1, total: 5, stage: 'ReLU' }, cancellable: true, run: null } as const

function store(experiment: (input: never) => unknown): { experiment: ReturnType<typeof useExperiment>; calls: string[]; asked: unknown[] } {
  const asked: unknown[] = []
  const { calls } = fakeBridge({
    system: {
      engine: () => ({ state: 'idle', pid: null, threads: 1, versions: {} }),
      jobs: () => [job],
      experiment: (input) => (asked.push(input), experiment(input)),
      cancelJob: (input) => (asked.push(input), { ok: true }),
    },
  })
  setActivePinia(createPinia())
  return { experiment: useExperiment(), calls, asked }
}

test('runs once however often it is asked, and keeps what came', async () => {
  const result = { id: 'vanishing-gradients', runs: [] }
  const { experiment, asked } = store(() => Promise.resolve(result))
  await Promise.all([experiment.run(), experiment.run()])
  expect(asked).toEqual([{ id: 'vanishing-gradients', seed: 1, epochs: 20 }])
  expect([experiment.running, experiment.error]).toEqual([false, null])
  expect(experiment.result).toEqual(result)
})

test('a stop ends its job and is no error; a failure is one', async () => {
  const { experiment, asked } = store(() => Promise.reject(new AppError('cancelled', 'was cancelled')))
  await new Promise((resolve) => setTimeout(resolve))
  expect(experiment.job?.progress.stage).toBe('ReLU')
  await experiment.stop()
  expect(asked).toEqual([{ id: 3 }])
  await experiment.run()
  expect(experiment.error).toBeNull()
  const failing = store(() => Promise.reject(new AppError('internal', 'no engine'))).experiment
  await failing.run()
  expect(failing.error?.message).toBe('no engine')
})
