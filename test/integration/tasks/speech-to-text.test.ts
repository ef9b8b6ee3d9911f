// Speech to text from recordings with transcripts to ONNX: CTC learns where units stand, beams decode, the vocabulary travels in the file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { Random } from '../../../engine/data/random.ts'
import { testCli } from '../../support/cli.ts'
import { tones } from '../../support/tones.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('song.lathe')
const NOTES = { do: 300, mi: 800, sol: 1700 } as const

test('trains, measures, transcribes, explains and exports', async () => {
  mkdirSync(cli.at('song'))
  const names = Object.keys(NOTES) as (keyof typeof NOTES)[]
  const texts = Array.from({ length: 96 }, (_, i) => {
    const random = new Random(7, 'sample', i)
    const said = Array.from({ length: 1 + random.int(3) }, () => names[random.int(3)]!)
    writeFileSync(cli.at('song', `${i}.wav`), tones(said.map((name) => ({ hertz: NOTES[name], seconds: 0.12 + 0.06 * random.uniform() })), i))
    writeFileSync(cli.at('song', `${i}.txt`), `${said.join(' ')}\n`)
    return said.join(' ')
  })
  await cli.done('new', project, '--task', 'speech-to-text')
  const { stored, labelled } = await cli.done('import', project, cli.at('song'))
  expect([stored, labelled]).toEqual([96, 96])
  await cli.done('train', project, '--epochs', '25', '--set', 'modelOptions.filters=[8,16]', 'modelOptions.units=24', 'dropout=0')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(metrics['test/wer']).toBeLessThan(0.5)
  expect(metrics['test/cer']).toBeLessThan(0.5)
  expect(intervals['test/wer']!.low).toBeLessThanOrEqual(metrics['test/wer']!)
  const { predictions } = (await cli.done('predict', project, cli.at('song', '0.wav'))) as { predictions: { outputs: { kind: string; text: string; probability: number } }[] }
  expect(predictions[0]!.outputs.kind).toBe('text')
  expect(predictions[0]!.outputs.text.split(' ').every((word) => word === '' || word in NOTES)).toBe(true)
  expect(texts[0]!.length).toBeGreaterThan(0)
  await cli.done('explain', project, '--sample', '1', '--method', 'integrated-gradients', '--out', cli.at('why.png'))
  const { parity } = (await cli.done('export', project, cli.at('song.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { metadata } = (await cli.done('inspect', cli.at('song.onnx'))) as { metadata: Record<string, string> }
  expect(JSON.parse(metadata['decoder']!)).toMatchObject({ kind: 'ctc', blank: 0, units: 'words', vocabulary: ['do', 'mi', 'sol'] })
  await using program = await Program.load('song', readFileSync(cli.at('song.onnx')))
  const samples = Number(program.inputs[0]!.shape[1])
  const out = await program.run({ waveform: tensor('float32', new Float32Array(2 * samples), [2, samples]) })
  expect(out['log_probabilities']!.shape[2]).toBe(4)
})
