// Multi-label images from CSV to ONNX, on pictures of mixed sizes and channels.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { decode } from '../../../engine/data/decode.ts'
import { testCli } from '../../support/cli.ts'
import { drawPictures } from './vision-files.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('shapes.lathe')

test('several classes train, are measured, told, explained and exported; none is an answer too', async () => {
  const drawn = await drawPictures(cli.at('data'), 90)
  writeFileSync(cli.at('data', 'labels.csv'), `path,classes,split\n${drawn.map(({ name, boxes, split }) => `images/${name},${boxes.map((box) => box.class).join('|')},${split}\n`).join('')}`)
  await cli.done('new', project, '--task', 'image-multilabel')
  expect(await cli.done('import', project, cli.at('data'))).toMatchObject({ stored: 90, labelled: 90, skipped: [] })
  await cli.done('train', project, '--epochs', '16', '--model', 'cnn', '--set', 'input.height=32', 'input.width=32', 'modelOptions.filters=[8,16]', 'modelOptions.dense=32')
  const { metrics, classes } = (await cli.done('eval', project)) as { metrics: Record<string, number>; classes: { name: string; ap?: number }[] }
  expect(Object.keys(metrics).sort()).toEqual(['exact', 'f1-macro', 'f1-micro', 'map'].map((name) => `test/${name}`))
  expect(metrics['test/map']).toBeGreaterThan(0.75)
  expect(classes.map(({ name }) => name).sort()).toEqual(['disc', 'square'])
  const file = cli.at('data', 'images', drawn[0]!.name)
  const { predictions } = (await cli.done('predict', project, file)) as { predictions: { outputs: { kind: string; classes: string[]; probabilities: { class: string; probability: number }[] } }[] }
  const { kind, classes: said, probabilities } = predictions[0]!.outputs
  expect(kind).toBe('classes')
  expect(said).toEqual(probabilities.filter(({ probability }) => probability >= 0.5).map((one) => one.class))
  await cli.done('explain', project, '--sample', '1', '--method', 'saliency', '--out', cli.at('why.png'))
  await cli.done('export', project, cli.at('shapes.onnx'))
  await using program = await Program.load('shapes', readFileSync(cli.at('shapes.onnx')))
  const { data, width, height, channels: own } = await decode(readFileSync(file))
  const channels = program.inputs[0]!.shape[3] as 1 | 3
  const image = channels === 3 && own === 1 ? Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!) : data
  const out = await program.run({ image: tensor('uint8', image, [1, height, width, channels]) })
  const highest = Math.max(...(out['probabilities']!.data as Float32Array))
  expect(highest).toBeCloseTo(probabilities[0]!.probability, 5)
})
