// Speaker identification from a table to ONNX: softmax and triplets, equal error rate, embeddings in the file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { testCli } from '../../support/cli.ts'
import { tones } from '../../support/tones.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('voices.lathe')
const VOICES = { ann: [1, 0.1, 0.8], bob: [0.2, 1, 0.1], eve: [1, 1, 1, 1] } as const

test('trains with both losses, measures, explains and exports embeddings', async () => {
  mkdirSync(cli.at('voices'))
  const rows = Object.entries(VOICES).flatMap(([name, timbre]) =>
    Array.from({ length: 24 }, (_, i) => {
      writeFileSync(cli.at('voices', `${name}-${i}.wav`), tones([{ hertz: 300 + 20 * (i % 6), seconds: 0.25 }], i, { timbre }))
      return `${name}-${i}.wav,${name},word-${i % 6},${i < 14 ? 'train' : i < 18 ? 'val' : 'test'}`
    }),
  )
  writeFileSync(cli.at('voices', 'voices.csv'), `file,speaker,text,split\n${rows.join('\n')}\n`)
  await cli.done('new', project, '--task', 'speaker-identification')
  const { stored, labelled } = await cli.done('import', project, cli.at('voices', 'voices.csv'))
  expect([stored, labelled]).toEqual([72, 72])
  for (const loss of ['null', 'triplet']) await cli.done('train', project, '--epochs', '6', '--batch', '8', '--set', `loss=${loss}`)
  const { metrics, intervals } = (await cli.done('eval', project, '--run', '2')) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(metrics['test/accuracy']).toBeGreaterThan(0.6)
  expect(metrics['test/eer']).toBeLessThan(0.4)
  expect(intervals['test/eer']!.high).toBeGreaterThanOrEqual(metrics['test/eer']!)
  await cli.done('explain', project, '--sample', '70', '--method', 'saliency', '--out', cli.at('why.png'))
  expect(await cli.fails('train', project, '--epochs', '1', '--set', 'loss=mse')).toMatch(/loss 'mse' does not serve speaker-identification; use softmax-cross-entropy, focal or triplet/)
  const { parity } = (await cli.done('export', project, cli.at('voices.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  await using program = await Program.load('voices', readFileSync(cli.at('voices.onnx')))
  const samples = Number(program.inputs[0]!.shape[1])
  const { embedding } = await program.run({ waveform: tensor('float32', new Float32Array(samples), [1, samples]) })
  expect(embedding!.shape).toEqual([1, 64])
})
