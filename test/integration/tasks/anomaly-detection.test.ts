// Anomaly detection from files to ONNX: normal series train, validation chooses the threshold, and it travels in the file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 180_000 })
const project = cli.at('pump.lathe')

const wave = (i: number, fault: boolean): number[] => Array.from({ length: 32 }, (_, t) => Math.sin(t / 3 + i) + 0.05 * Math.sin(t * 11 + i) + (fault && t > 12 && t < 18 ? 2.5 : 0))

test('what is normal trains, the threshold comes from validation, and the file says yes and no', async () => {
  for (const [split, count, start] of [['train', 64, 0], ['val', 24, 0.5], ['test', 24, 0.9]] as const) {
    for (const kind of ['normal', 'anomaly']) {
      if (split === 'train' && kind === 'anomaly') continue
      mkdirSync(cli.at('pump', split, kind), { recursive: true })
      for (let i = 0; i < count; i++) writeFileSync(cli.at('pump', split, kind, `${i}.json`), JSON.stringify({ channels: ['p'], values: [wave(i * 1.7 + start, kind === 'anomaly')] }))
    }
  }
  await cli.done('new', project, '--task', 'anomaly-detection')
  const { stored } = await cli.done('import', project, cli.at('pump'))
  expect(stored).toBe(160)
  await cli.done('train', project, '--epochs', '15', '--model', 'autoencoder-dense')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, unknown> }
  expect(metrics['test/auc']).toBeGreaterThan(0.9)
  expect(metrics['test/f1']).toBeGreaterThan(0.8)
  expect(Object.keys(intervals)).toEqual(expect.arrayContaining(['test/auc', 'test/f1']))
  const { predictions } = (await cli.done('predict', project, cli.at('pump', 'test', 'anomaly', '1.json'))) as { predictions: { outputs: { kind: string; score: number; threshold: number; anomaly: boolean } }[] }
  const { kind, score, threshold, anomaly } = predictions[0]!.outputs
  expect({ kind, anomaly }).toEqual({ kind: 'anomaly', anomaly: score > threshold })
  expect(threshold).toBeCloseTo(metrics['test/threshold']!, 6)
  await cli.done('explain', project, '--sample', '100', '--method', 'saliency', '--out', cli.at('why.png'))
  await cli.done('export', project, cli.at('pump.onnx'))
  await using program = await Program.load('pump', readFileSync(cli.at('pump.onnx')))
  const out = await program.run({ series: tensor('float32', Float32Array.from(wave(5, true)), [1, 1, 32]), length: tensor('int64', BigInt64Array.of(32n), [1]) })
  expect((out['threshold']!.data as Float32Array)[0]).toBeCloseTo(threshold, 6)
  expect(Number((out['anomaly']!.data as BigInt64Array)[0])).toBe((out['score']!.data as Float32Array)[0]! > threshold ? 1 : 0)
})
