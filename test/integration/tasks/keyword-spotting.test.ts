// Keyword spotting from class folders to ONNX: mixed rates and channels in, bad recordings named, false accepts counted, a waveform into the file.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { encodeWav } from '../../../engine/audio/wav.ts'
import { testCli } from '../../support/cli.ts'
import { tones } from '../../support/tones.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 300_000 })
const project = cli.at('words.lathe')
const WORDS = { low: 350, high: 1700 } as const

function write(split: string, name: string, count: number, make: (i: number) => Uint8Array): void {
  mkdirSync(cli.at('words', split, name), { recursive: true })
  for (let i = 0; i < count; i++) writeFileSync(cli.at('words', split, name, `${i}.wav`), make(i + 10 * split.length))
}

test('imports recordings of any rate; what cannot be heard is named', async () => {
  for (const [split, count] of [['train', 20], ['val', 8], ['test', 8]] as const) {
    for (const [word, hertz] of Object.entries(WORDS)) write(split, word, count, (i) => tones([{ hertz, seconds: 0.2 }], i, { rate: [8000, 16_000, 44_100][i % 3]! }))
    write(split, '_silence_', count, (i) => encodeWav({ rate: 8000, samples: Float32Array.from({ length: split === 'test' ? 24_000 : 2400 }, (_, t) => 0.01 * Math.sin(t * t * (i + 0.3))) }))
  }
  writeFileSync(cli.at('words', 'train', 'low', 'click.wav'), encodeWav({ rate: 8000, samples: Float32Array.of(1) }))
  writeFileSync(cli.at('words', 'train', 'low', 'half.wav'), tones([{ hertz: 350, seconds: 0.2 }], 1).subarray(0, 1000))
  writeFileSync(cli.at('words', 'train', '_silence_', 'zeros.wav'), encodeWav({ rate: 8000, samples: new Float32Array(2400) }))
  await cli.done('new', project, '--task', 'keyword-spotting')
  const { stored, skipped } = await cli.done('import', project, cli.at('words'))
  // Silence is a recording too.
  expect(stored).toBe(3 * 36 + 1)
  expect(skipped).toMatchObject([{ reason: 'too short (1 sample, 0.13 ms): at least 10 ms are needed' }, { reason: expect.stringMatching(/^truncated WAV/) as string }])
})

test('trains, measures, predicts, explains and exports', async () => {
  await cli.done('train', project, '--epochs', '8', '--batch', '16')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(metrics['test/accuracy']).toBeGreaterThan(0.6)
  // Eight silent recordings of 3 s: none heard as a word would leave at most 3.7 in 24 s.
  expect(metrics['test/false_accepts_per_hour']).toBeGreaterThanOrEqual(0)
  expect(intervals['test/false_accepts_per_hour']!.high).toBeGreaterThan(500)
  writeFileSync(cli.at('stereo.wav'), tones([{ hertz: 350, seconds: 0.2 }], 3, { rate: 192_000 }))
  writeFileSync(cli.at('note.txt'), 'no sound')
  const { predictions, skipped } = (await cli.done('predict', project, cli.at('stereo.wav'), cli.at('note.txt'))) as { predictions: { outputs: { class: string; probability: number }[] }[]; skipped: unknown[] }
  expect(predictions[0]!.outputs.map((o) => o.class).sort()).toEqual(['_silence_', 'high', 'low'])
  expect(skipped).toHaveLength(1)
  const { strongest, completenessGap } = (await cli.done('explain', project, '--sample', '30', '--method', 'integrated-gradients', '--out', cli.at('why.png'))) as { strongest: { name: string }[]; completenessGap: number }
  expect(strongest[0]!.name).toMatch(/^\d+ Hz \d\.\d\d s$/)
  expect(completenessGap).toBeLessThan(0.1)
  const { parity } = (await cli.done('export', project, cli.at('words.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  await using program = await Program.load('words', readFileSync(cli.at('words.onnx')))
  expect(program.inputs.map(({ name, dtype }) => [name, dtype])).toEqual([['waveform', 'float32']])
  const samples = Number(program.inputs[0]!.shape[1])
  const out = await program.run({ waveform: tensor('float32', new Float32Array(3 * samples), [3, samples]) })
  expect(out['probabilities']!.shape).toEqual([3, 3])
})
