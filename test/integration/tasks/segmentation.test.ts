// Segmentation from mask PNG to ONNX, on pictures of mixed sizes and channels.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { decode } from '../../../engine/data/decode.ts'
import { encodePng } from '../../../engine/data/png.ts'
import { testCli } from '../../support/cli.ts'
import { drawPictures } from './vision-files.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('shapes.lathe')

test('masks train, are measured, explained, and the file paints the same ones at the size of the picture', async () => {
  const drawn = await drawPictures(cli.at('data'), 48)
  mkdirSync(cli.at('data', 'masks'))
  for (const { name, width, height, mask } of drawn) writeFileSync(cli.at('data', 'masks', name.replace(/\.\w+$/, '.png')), encodePng({ width, height, channels: 1, data: mask }))
  writeFileSync(cli.at('data', 'classes.txt'), 'square\ndisc\n')
  await cli.done('new', project, '--task', 'segmentation')
  expect(await cli.done('import', project, cli.at('data'))).toMatchObject({ stored: 48, labelled: 48, skipped: [] })
  await cli.done('split', project)
  await cli.done('train', project, '--epochs', '8', '--model', 'fcn', '--set', 'input.height=64', 'input.width=64', 'modelOptions.filters=[8,16,16]', 'augment=null')
  const { metrics, classes } = (await cli.done('eval', project)) as { metrics: Record<string, number>; classes: { name: string; iou?: number }[] }
  expect(Object.keys(metrics).sort()).toEqual(['boundary-f1', 'dice', 'miou', 'pixel-accuracy'].map((name) => `test/${name}`))
  expect(metrics['test/miou']).toBeGreaterThan(0.6)
  expect(classes.every(({ iou }) => typeof iou === 'number')).toBe(true)

  const one = drawn.find(({ width, boxes }) => width === 80 && boxes.length > 0)!
  const file = cli.at('data', 'images', one.name)
  const { predictions } = (await cli.done('predict', project, file)) as { predictions: { outputs: { kind: string; width: number; height: number; runs: [string | null, number][] } }[] }
  const { kind, width, height, runs } = predictions[0]!.outputs
  expect({ kind, width, height }).toEqual({ kind: 'mask', width: 80, height: 60 })
  const names = [null, 'square', 'disc']
  const told = runs.flatMap(([name, length]) => new Array<number>(length).fill(names.indexOf(name)))
  expect(told.filter((value, i) => value === one.mask[i]).length / told.length).toBeGreaterThan(0.8)

  await cli.done('explain', project, '--sample', '2', '--method', 'integrated-gradients', '--out', cli.at('why.png'))
  await cli.done('export', project, cli.at('shapes.onnx'))
  await using program = await Program.load('shapes', readFileSync(cli.at('shapes.onnx')))
  const pixels = await decode(readFileSync(file))
  const channels = program.inputs[0]!.shape[3] as 1 | 3
  const data = channels === 3 && pixels.channels === 1 ? Uint8Array.from({ length: pixels.data.length * 3 }, (_, i) => pixels.data[Math.floor(i / 3)]!) : pixels.data
  const { mask } = await program.run({ image: tensor('uint8', data, [1, 60, 80, channels]) })
  expect(mask!.shape).toEqual([1, 60, 80])
  // The file counts classes as the project does.
  const order = ['background', ...classes.map((record) => record.name)]
  const same = [...(mask!.data as Uint8Array)].filter((value, i) => order[value] === (names[told[i]!] ?? 'background')).length
  // A pixel whose classes are equally likely may fall either way.
  expect(same / told.length).toBeGreaterThan(0.999)

  await cli.done('labels', project, cli.at('out'), '--format', 'mask-png')
  expect(readFileSync(cli.at('out', 'classes.txt'), 'utf8').split('\n').filter(Boolean).sort()).toEqual(['disc', 'square'])
})
