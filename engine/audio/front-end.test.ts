// Front end against torch and numpy (test/fixtures/audio/front-end.py): log-mel and MFCC, batches, silence, gradients.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { Program, tensor } from '../compile/program.ts'
import { audioInput, type AudioInput } from '../contract/inputs/audio.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { reduceSum } from '../ops/build.ts'
import { features, frontEnd, mapShape } from './front-end.ts'
import { emptyBands } from './mel.ts'

interface Case {
  readonly input: Omit<AudioInput, 'kind' | 'features' | 'mean' | 'std' | 'coefficientMean' | 'coefficientStd'>
  readonly wave: readonly number[]
  readonly logMel: readonly (readonly number[])[]
  readonly mfcc: readonly (readonly number[])[]
}
const cases = JSON.parse(readFileSync(new URL('../../test/fixtures/audio/front-end.json', import.meta.url), 'utf8')) as Case[]
const inputOf = (c: Case, kind: AudioInput['features']): AudioInput => audioInput.parse({ kind: 'audio', features: kind, mean: [0], std: [1], coefficientMean: [0], coefficientStd: [1], ...c.input })
const waveOf = (c: Case): Float32Array => Float32Array.from(c.wave, (v) => v / 32768)

async function run(input: AudioInput, build: (wave: Value) => Value, wave: Float32Array, rows = 1): Promise<{ shape: readonly number[]; data: Float32Array }> {
  const graph = new Graph('front end')
  graph.output('y', build(graph.input('wave', 'float32', ['N', input.samples])))
  await using program = await Program.create(graph, { threads: 1 })
  const { y } = await program.run({ wave: tensor('float32', wave, [rows, input.samples]) })
  return { shape: y!.shape, data: y!.data as Float32Array }
}

test.each(cases.flatMap((c) => (['log-mel', 'mfcc'] as const).map((kind) => [`${kind}, ${c.input.rate} Hz, ${c.input.scale}`, c, kind] as const)))('%s', async (_name, c, kind) => {
  const input = inputOf(c, kind)
  const wanted = kind === 'mfcc' ? c.mfcc : c.logMel
  const { shape, data } = await run(input, (wave) => features(wave, input), waveOf(c))
  expect(shape).toEqual([1, wanted.length, wanted[0]!.length])
  expect(mapShape(input)).toEqual([1, wanted.length, wanted[0]!.length])
  // Bands far below the loudest keep fewer digits: the transform of a frame is a float32 sum over all its samples.
  let worst = 0
  wanted.flat().forEach((v, i) => (worst = Math.max(worst, Math.abs(data[i]! - v))))
  expect(worst).toBeLessThan(2e-3)
})

test('rows of a batch do not touch each other, each by the mean and deviation of its band; silence is finite', async () => {
  const [c] = cases as [Case]
  const input = { ...inputOf(c, 'log-mel'), mean: Array.from({ length: c.input.mels }, (_, i) => i), std: Array.from({ length: c.input.mels }, (_, i) => 1 + i / 10) }
  const wave = waveOf(c)
  const both = new Float32Array(2 * wave.length)
  both.set(wave, wave.length)
  const { shape, data } = await run(input, (w) => frontEnd(w, input), both, 2)
  const frames = c.logMel[0]!.length
  expect(shape).toEqual([2, 1, c.input.mels, frames])
  expect(data[0]).toBeCloseTo(Math.log(1e-6), 4)
  for (const m of [0, 7, 39]) expect(data[(40 + m) * frames + 3]).toBeCloseTo((c.logMel[m]![3]! - m) / (1 + m / 10), 2)
  expect(data.every(Number.isFinite)).toBe(true)
})

test('gradients reach the waveform', async () => {
  const c = cases[1]!
  const input = { ...inputOf(c, 'log-mel'), offset: 1 }
  const sum = (wave: Value): Value => reduceSum(features(wave, input), [1, 2])
  const wave = waveOf(c)
  const { data: grad } = await run(input, (w) => gradients(reduceSum(sum(w)), [w])[0]!, wave)
  for (const at of [100, 517, 1000]) {
    const moved = (by: number): Float32Array => Float32Array.from(wave, (v, i) => (i === at ? v + by : v))
    const [up, down] = [await run(input, sum, moved(1e-2)), await run(input, sum, moved(-1e-2))]
    const slope = (up.data[0]! - down.data[0]!) / 2e-2
    expect(Math.abs(grad[at]! - slope)).toBeLessThan(0.02 * Math.abs(slope) + 0.02)
  }
})

test('a waveform of another length is refused, and bands too narrow for the transform are counted', () => {
  const input = inputOf(cases[0]!, 'log-mel')
  expect(() => features(new Graph('wrong').input('w', 'float32', ['N', 99]), input)).toThrow(/must be float32 \[N, 1600\]/)
  expect(emptyBands(input)).toBe(0)
  expect(emptyBands({ ...input, mels: 128 })).toBeGreaterThan(0)
})
