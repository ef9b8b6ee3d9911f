// A real task, end to end in one process: a part of the digits sample, a short run, an accuracy measured on digits never seen.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Score } from '../tasks/task.ts'
import { samplePath } from '../samples/assets.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from './evaluate.ts'
import { imageSet, record } from './testing.ts'

const rows = gunzipSync(readFileSync(samplePath('digits', 'digits.csv.gz'))).toString().trim().split('\n').filter((line) => /^\d/.test(line)).map((line) => line.split(',').map(Number))

function part(from: number, to: number) {
  const some = rows.slice(from, to)
  return imageSet(Uint8Array.from(some.flatMap((r) => r.slice(0, 64).map((v) => Math.round((v * 255) / 16)))), Int32Array.from(some, (r) => r[64]!))
}

test.each([['cnn', 0.9], ['mlp', 0.86]] as const)('600 digits teach a small %s to read 300 others', async (model, floor) => {
  const classes = Array.from('0123456789')
  const recipe = await task('image-classification').recipe({ samples: 600, classes, counts: classes.map(() => 60), height: 8, width: 8, channels: 1, read: () => Promise.resolve([]) }, model)
  const config = { ...recipe, input: { kind: 'image' as const, height: 8, width: 8, channels: 1 as const, mean: [0.305], std: [0.376] }, modelOptions: model === 'cnn' ? { filters: [16, 32], dense: 64 } : { hidden: [64] }, dropout: 0.1, augment: null, batch: 16, epochs: 12 }
  const r = await record(config, { classes, train: part(0, 600), val: part(600, 750) })
  expect(r.error).toBeNull()
  const best = r.saved.findLast((s) => s.kind === 'best')!
  await using evaluator = await Evaluator.create(config, 10, { threads: 1 })
  const set = part(1400, 1700)
  const scoreOf = async (weights: Float32Array): Promise<Score> => task(config.task).score({ set, outputs: (await evaluator.run(weights, set)).outputs, config, classes, seed: 1 })
  const result = await scoreOf(best.state.weights)
  expect(result.samples).toBe(300)
  expect(result.metrics['accuracy']).toBeGreaterThan(floor)
  expect(result.confusion.flat().reduce((a, b) => a + b, 0)).toBe(300)
  // Before training it knows nothing.
  const start = await scoreOf(r.saved[0]!.state.weights)
  expect(start.metrics['accuracy']).toBeLessThan(0.4)
}, 60_000)
