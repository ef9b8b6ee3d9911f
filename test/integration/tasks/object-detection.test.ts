// Object detection from COCO JSON to ONNX, on pictures of mixed sizes and channels.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { decode } from '../../../engine/data/decode.ts'
import { testCli } from '../../support/cli.ts'
import { drawPictures } from './vision-files.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('shapes.lathe')

interface Found {
  readonly kind: string
  readonly boxes: readonly { readonly class: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number; readonly score: number }[]
}

test('boxes train, are measured as COCO does, explained, and the file finds the same ones', async () => {
  const drawn = await drawPictures(cli.at('data'), 60)
  for (const split of ['train', 'val', 'test'] as const) {
    const own = drawn.map((one, id) => ({ ...one, id })).filter((one) => one.split === split)
    const annotations = own.flatMap(({ id, boxes }) => boxes.map((box) => ({ image_id: id, category_id: box.class === 'disc' ? 1 : 2, bbox: [box.x, box.y, box.width, box.height] })))
    writeFileSync(cli.at('data', `${split}.json`), JSON.stringify({ images: own.map(({ id, name, width, height }) => ({ id, file_name: name, width, height })), annotations, categories: [{ id: 1, name: 'disc' }, { id: 2, name: 'square' }] }))
  }
  await cli.done('new', project, '--task', 'object-detection')
  const report = await cli.done('import', project, cli.at('data'))
  expect(report).toMatchObject({ stored: 60, labelled: 60, skipped: [] })
  await cli.done('train', project, '--epochs', '24', '--set', 'input.height=64', 'input.width=64', 'modelOptions.filters=[16,32,32,32]', 'augment=null')
  const { metrics, intervals, classes } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }>; classes: { name: string; ap50?: number }[] }
  expect(Object.keys(metrics).sort()).toEqual(['f1', 'map', 'map50', 'map75', 'precision', 'recall'].map((name) => `test/${name}`))
  expect(metrics['test/map50']).toBeGreaterThan(0.5)
  expect(intervals['test/map50']!.low).toBeLessThanOrEqual(metrics['test/map50']!)
  expect(classes.every(({ ap50 }) => typeof ap50 === 'number')).toBe(true)

  const wanted = drawn.find((one) => one.split === 'train' && one.boxes.length === 1 && one.width === 80)!
  const { predictions } = (await cli.done('predict', project, cli.at('data', 'images', wanted.name))) as { predictions: { outputs: Found }[] }
  const { kind, boxes } = predictions[0]!.outputs
  expect(kind).toBe('boxes')
  // In pixels of the file, not of the model's input.
  expect(boxes[0]!.class).toBe(wanted.boxes[0]!.class)
  expect(Math.abs(boxes[0]!.x - wanted.boxes[0]!.x)).toBeLessThan(10)
  expect(Math.abs(boxes[0]!.width - wanted.boxes[0]!.width)).toBeLessThan(14)

  await cli.done('explain', project, '--sample', '3', '--method', 'saliency', '--out', cli.at('why.png'))
  const exported = await cli.done('export', project, cli.at('shapes.onnx'))
  expect(exported).toMatchObject({ parity: { tolerance: 1e-5 } })
  await using program = await Program.load('shapes', readFileSync(cli.at('shapes.onnx')))
  const { data, width, height } = await decode(readFileSync(cli.at('data', 'images', wanted.name)))
  const channels = program.inputs[0]!.shape[3] as 1 | 3
  const out = await program.run({ image: tensor('uint8', channels === 3 && data.length === width * height ? Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!) : data, [1, height, width, channels]) })
  const [x, y, w, h] = out['boxes']!.data as Float32Array
  const best = boxes[0]!
  for (const [told, there] of [[x, best.x], [y, best.y], [w, best.width], [h, best.height]]) expect(Math.abs(told! - there!)).toBeLessThan(2.5)
  expect((out['scores']!.data as Float32Array)[0]).toBeCloseTo(best.score, 4)
  expect(['disc', 'square'][Number((out['classes']!.data as BigInt64Array)[0])]).toBe(best.class)
})
