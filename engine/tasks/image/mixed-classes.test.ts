// Mixed pictures of one class each: targets are shares that add up, the loss is the mean of the plain ones, and other losses are refused.
import { expect, test } from 'vitest'
import { Program, tensor } from '../../compile/program.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { encodePng } from '../../data/png.ts'
import { Random } from '../../data/random.ts'
import { Graph } from '../../graph/graph.ts'
import { imageClassification } from '../image-classification.ts'

const config: TrainConfig = { task: 'image-classification', model: 'cnn', modelOptions: {}, input: { kind: 'image', height: 16, width: 16, channels: 1, mean: [0.5], std: [0.25] }, epochs: 1, batch: 2, optimizer: 'adam', lr: 1e-3, schedule: 'constant', momentum: 0.9, weightDecay: 0, labelSmoothing: 0, dropout: 0, initializer: 'he-normal', seed: 1, augment: { shift: 0, rotate: 0, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false, mixup: 0.9 }, earlyStopping: null, ...trainDefaults }
const classes = ['dark', 'bright', 'grey']
const request = (purpose: 'train' | 'evaluate', augment = config.augment) => ({
  samples: [0, 1, 2, 1].map((kind, id) => ({ id, class: kind, label: null })), others: [], config: { ...config, augment }, classes, purpose,
  read: (id: number) => encodePng({ width: 16, height: 16, channels: 1, data: new Uint8Array(256).fill([10, 240, 120, 239][id]!) }),
})

test('training rows have shares that add up to one and pixels that fit them', async () => {
  expect(imageClassification.targets(config, 3)).toEqual({ labels: { dtype: 'float32', shape: [3] } })
  const set = await imageClassification.load(request('train'))
  expect([...set.labels]).toEqual([0, 1, 2, 1])
  const out = { pixels: new Uint8Array(4 * 256), labels: new Float32Array(12) }
  let blended = 0
  for (let seed = 0; seed < 12; seed++) {
    set.fill([0, 1, 2, 3], out, (row) => new Random(seed, 'augment', row))
    for (let i = 0; i < 4; i++) {
      const shares = out.labels.subarray(3 * i, 3 * i + 3)
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 5)
      expect(Math.abs(out.pixels[i * 256]! - (shares[0]! * 10 + shares[1]! * 239.5 + shares[2]! * 120))).toBeLessThan(2)
      if (Math.max(...shares) < 0.95) blended++
    }
  }
  expect(blended).toBeGreaterThan(8)
  set.fill([2], out, null)
  expect([...out.labels.subarray(0, 3)]).toEqual([0, 0, 1])
})

test('the loss of a mixture is the mixture of the losses', async () => {
  const graph = new Graph('loss')
  const { sum, correct } = imageClassification.loss({ outputs: { logits: graph.input('logits', 'float32', [1, 3]) }, targets: { labels: graph.input('labels', 'float32', [1, 3]) }, features: {}, rows: graph.input('rows', 'float32', [1]), config, classes: 3, classWeights: null })
  graph.output('sum', sum)
  graph.output('correct', correct)
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run({ logits: tensor('float32', Float32Array.of(0, Math.log(3), 0), [1, 3]), labels: tensor('float32', Float32Array.of(0.25, 0.75, 0), [1, 3]), rows: tensor('float32', Float32Array.of(1), [1]) })
  expect((out['sum']!.data as Float32Array)[0]).toBeCloseTo(0.25 * Math.log(5) + 0.75 * Math.log(5 / 3), 5)
  expect((out['correct']!.data as Float32Array)[0]).toBe(1)
})

test('without mixing targets stay class indices; a loss that takes no shares is refused', () => {
  expect(imageClassification.targets({ ...config, augment: null }, 3)).toEqual({ labels: { dtype: 'int64', shape: [] } })
  expect(() => imageClassification.targets({ ...config, loss: 'focal' }, 3)).toThrow("loss 'focal' takes one class a picture")
})
