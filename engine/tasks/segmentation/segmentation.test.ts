// Segmentation: masks and runs, sizes, the loss against numbers by hand, what is explained.
import { expect, test } from 'vitest'
import { Program, tensor } from '../../compile/program.ts'
import { Graph } from '../../graph/graph.ts'
import { atSize, found, meanLogit, segmentationLoss } from './graph.ts'
import { maskSize, rasterOf, resizeMask, runsOf } from './masks.ts'

test('runs and pixels: there and back; too short is background, too long is cut', () => {
  const label = { kind: 'mask' as const, width: 4, height: 2, runs: [[null, 2], [1, 3], [0, 3]] as [number | null, number][] }
  const raster = rasterOf(label)
  expect([...raster.data]).toEqual([0, 0, 2, 2, 2, 1, 1, 1])
  expect(runsOf(raster, (kind) => `c${kind}`)).toEqual({ kind: 'mask', width: 4, height: 2, runs: [[null, 2], ['c1', 3], ['c0', 3]] })
  expect([...rasterOf({ ...label, runs: [[0, 3]] }).data]).toEqual([1, 1, 1, 0, 0, 0, 0, 0])
  expect([...rasterOf({ ...label, runs: [[null, 6], [1, 9]] }).data]).toEqual([0, 0, 0, 0, 0, 0, 2, 2])
})

test('the file resizes masks as the app does', async () => {
  const data = Uint8Array.from({ length: 35 }, (_, i) => (i * 13) % 5)
  const graph = new Graph('resize')
  graph.output('y', atSize(graph.input('mask', 'uint8', ['N', 5, 7]), graph.input('size', 'float32', ['N', 2])))
  await using program = await Program.create(graph, { threads: 1 })
  for (const [height, width] of [[5, 7], [10, 14], [3, 4], [33, 50], [9, 7]] as const) {
    const { y } = await program.run({ mask: tensor('uint8', data, [1, 5, 7]), size: tensor('float32', Float32Array.of(height, width), [1, 2]) })
    expect(y!.shape).toEqual([1, height, width])
    expect([...(y!.data as Uint8Array)], `${height} × ${width}`).toEqual([...resizeMask({ width: 7, height: 5, data }, { width, height }).data])
  }
  expect(maskSize({ width: 4000, height: 3000 })).toEqual({ width: 512, height: 384 })
  expect(maskSize({ width: 100, height: 30 })).toEqual({ width: 100, height: 30 })
})

const OWN = { task: 'segmentation', loss: null, lossOptions: {} }

test('loss: a class that the mask does not show adds nothing to Dice, however likely it is said to be', async () => {
  const [K, H, W] = [3, 4, 4]
  const mask = Uint8Array.from({ length: H * W }, (_, i) => (i < 8 ? 0 : 1))
  const graph = new Graph('loss')
  graph.output('loss', segmentationLoss(graph.input('logits', 'float32', [1, K, H, W]), graph.input('mask', 'uint8', [1, H, W]), OWN).perRow)
  await using program = await Program.create(graph, { threads: 1 })
  // The probabilities of the classes at every pixel.
  const p = [0.4, 0.5, 0.1]
  const { loss } = await program.run({ logits: tensor('float32', Float32Array.from({ length: K * 16 }, (_, i) => Math.log(p[i >> 4]!)), [1, K, H, W]), mask: tensor('uint8', mask, [1, H, W]) })
  const dice = [0.4, 0.5].map((q) => (2 * 8 * q + 1) / (16 * q + 8 + 1))
  expect((loss!.data as Float32Array)[0]).toBeCloseTo(-(Math.log(0.4) + Math.log(0.5)) / 2 + 1 - (dice[0]! + dice[1]!) / 2, 5)
})

test('loss: uniform logits cost ln(kinds) and half of Dice; certain and right cost nothing', async () => {
  const [N, K, H, W] = [2, 2, 4, 4]
  const mask = Uint8Array.from({ length: N * H * W }, (_, i) => (i % 16 < 8 ? 0 : 1))
  const logits = new Float32Array(N * K * H * W)
  for (let k = 0; k < K; k++) for (let i = 0; i < 16; i++) logits[K * 16 + k * 16 + i] = mask[16 + i] === k ? 20 : -20
  const graph = new Graph('loss')
  const input = graph.input('logits', 'float32', [N, K, H, W])
  const masks = graph.input('mask', 'uint8', [N, H, W])
  const { perRow, right } = segmentationLoss(input, masks, OWN)
  const { mask: told, certainty, shares } = found(input)
  for (const [name, value] of Object.entries({ perRow, right, told, certainty, shares })) graph.output(`out_${name}`, value)
  for (const loss of ['softmax-cross-entropy', 'dice', 'focal']) graph.output(loss, segmentationLoss(input, masks, { ...OWN, loss }).perRow)
  graph.output('score', meanLogit(input, graph.input('target', 'float32', [1, K - 1])))
  await using program = await Program.create(graph, { threads: 1 })
  const out = await program.run({ logits: tensor('float32', logits, [N, K, H, W]), mask: tensor('uint8', mask, [N, H, W]), target: tensor('float32', Float32Array.of(1), [1, 1]) })
  const [first, second] = out['out_perRow']!.data as Float32Array
  // Dice of each class at p = ½: (2·4 + 1) / (8 + 8 + 1).
  expect(first).toBeCloseTo(Math.log(2) + 1 - 9 / 17, 5)
  expect(second).toBeLessThan(1e-5)
  const alone = (loss: string): number => (out[loss]!.data as Float32Array)[0]!
  expect(alone('softmax-cross-entropy')).toBeCloseTo(Math.log(2), 5)
  expect(alone('dice')).toBeCloseTo(1 - 9 / 17, 5)
  expect(alone('focal')).toBeCloseTo(Math.log(2) / 4, 5)
  expect([...(out['out_right']!.data as Float32Array)]).toEqual([0.5, 1])
  expect([...(out['out_told']!.data as Uint8Array).subarray(16)]).toEqual([...mask.subarray(16)])
  expect((out['out_certainty']!.data as Float32Array)[0]).toBeCloseTo(0.5, 6)
  expect((out['out_shares']!.data as Float32Array)[2]).toBeCloseTo(0.5, 5)
  // Over the pixels that are of the class: 20; the others count a thousandth.
  expect((out['score']!.data as Float32Array)[1]).toBeGreaterThan(19.9)
})
