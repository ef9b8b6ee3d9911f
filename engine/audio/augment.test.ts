// Placing, augmenting and masking: what is kept, what moves, and that numbers decide all of it.
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import type { AudioAugmentation } from '../contract/augment/audio.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { augmentWave, drawMasks, maskNumbers, noiseBank } from './augment.ts'
import { applyMasks } from './masks.ts'
import { noise, noises } from './noise.ts'
import { loudest, place } from './place.ts'

const none: AudioAugmentation = { kind: 'audio', shift: 0, gain: 0, speed: 0, noise: null, timeMasks: 0, timeMask: 0, bandMasks: 0, bandMask: 0 }
const ones = (n: number): Float32Array => new Float32Array(n).fill(1)
const silent = new Float32Array(8)

test('short recordings stand in the middle or at the start, long ones give their loudest part or their start', () => {
  const out = new Float32Array(7).fill(9)
  place(Float32Array.of(1, 2), out, 1, 5, 'middle')
  expect([...out]).toEqual([9, 0, 1, 2, 0, 0, 9])
  place(Float32Array.of(1, 2), out, 1, 5, 'start')
  expect([...out]).toEqual([9, 1, 2, 0, 0, 0, 9])
  place(Float32Array.of(1, 0, 0, 5, 6, 0), out, 0, 3, 'middle')
  expect([...out].slice(0, 3)).toEqual([0, 5, 6])
  place(Float32Array.of(1, 0, 0, 5, 6, 0), out, 0, 3, 'start')
  expect([...out].slice(0, 3)).toEqual([1, 0, 0])
  expect(loudest(ones(1000), 100)).toBe(0)
  expect(loudest(new Float32Array(1000), 100)).toBe(0)
})

test('with nothing to change, augmenting is placing', () => {
  const sound = Float32Array.from({ length: 30 }, (_, i) => Math.sin(i))
  for (const anchor of ['middle', 'start'] as const) {
    for (const length of [10, 30, 50]) {
      const [a, b] = [new Float32Array(length), new Float32Array(length)]
      augmentWave(sound, { out: a, at: 0, length, anchor }, none, new Random(1, 'augment'), silent)
      place(sound, b, 0, length, anchor)
      expect(a, `${anchor} ${length}`).toEqual(b)
    }
  }
})

test('a shift puts a recording anywhere, and never cuts one that fits', () => {
  const starts = new Set<number>()
  for (let i = 0; i < 200; i++) {
    const out = new Float32Array(10)
    augmentWave(ones(4), { out, at: 0, length: 10, anchor: 'middle' }, { ...none, shift: 1 }, new Random(3, 'augment', i), silent)
    expect(out.reduce((a, b) => a + b, 0)).toBe(4)
    starts.add(out.indexOf(1))
  }
  expect([...starts].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5])
})

test('tempo changes the length, and speech is never made longer than what is heard', () => {
  const lengths = Array.from({ length: 100 }, (_, i) => {
    const out = new Float32Array(120)
    augmentWave(ones(100), { out, at: 0, length: 120, anchor: 'start' }, { ...none, speed: 0.3 }, new Random(3, 'augment', i), silent)
    expect(out[0]).toBe(1)
    return out.filter((v) => v > 0.4).length
  })
  expect(Math.min(...lengths)).toBeLessThan(85)
  expect(Math.max(...lengths)).toBe(120)
})

test('level and noise stay within what the recipe says', () => {
  const bank = noiseBank(8000, new Random(1, 'augment'))
  const levels: number[] = []
  for (let i = 0; i < 100; i++) {
    const out = new Float32Array(4000)
    augmentWave(new Float32Array(4000), { out, at: 0, length: 4000, anchor: 'middle' }, { ...none, noise: -20 }, new Random(3, 'augment', i), bank)
    levels.push(20 * Math.log10(Math.sqrt(out.reduce((a, b) => a + b * b, 0) / 4000)))
    const loud = new Float32Array(4)
    augmentWave(ones(4), { out: loud, at: 0, length: 4, anchor: 'middle' }, { ...none, gain: 6 }, new Random(3, 'augment', i), bank)
    expect(Math.abs(20 * Math.log10(loud[0]!))).toBeLessThanOrEqual(6.001)
  }
  expect(Math.max(...levels)).toBeLessThan(-14)
  expect(Math.min(...levels)).toBeLessThan(-45)
  expect(Math.min(...levels)).toBeGreaterThan(-68)
})

test('noise of each colour has its spectrum', () => {
  /** Power of differences over power: 2 for white noise, less where low tones prevail. */
  const roughness = (v: Float32Array): number => {
    let [d, p] = [0, 0]
    for (let i = 1; i < v.length; i++) {
      d += (v[i]! - v[i - 1]!) ** 2
      p += v[i]! ** 2
    }
    return d / p
  }
  const of = (kind: (typeof noises)[number]): number => roughness(noise(kind, 40_000, 16_000, new Random(2, 'sample')))
  expect(of('white')).toBeCloseTo(2, 1)
  expect(of('pink')).toBeLessThan(1)
  expect(of('brown')).toBeCloseTo(2 * (1 - 0.99), 2)
  for (const kind of noises) {
    const samples = noise(kind, 16_000, 16_000, new Random(2, 'sample'))
    expect(samples).toEqual(noise(kind, 16_000, 16_000, new Random(2, 'sample')))
    expect(samples.every(Number.isFinite)).toBe(true)
  }
})

test('masks cover bands and frames up to their share, and no more', async () => {
  const how = { ...none, bandMasks: 1, bandMask: 0.5, timeMasks: 2, timeMask: 0.25 }
  expect(maskNumbers(how)).toBe(6)
  const [N, bands, frames] = [40, 8, 12]
  const masks = new Float32Array(N * 6)
  // The last row is not masked.
  for (let i = 0; i < N - 1; i++) drawMasks(how, bands, frames, masks, i * 6, new Random(5, 'augment', i))
  const graph = new Graph('masks')
  graph.output('y', applyMasks(graph.input('map', 'float32', ['N', 1, bands, frames]), graph.input('masks', 'float32', ['N', 6]), how))
  await using program = await Program.create(graph, { threads: 1 })
  const { y } = await program.run({ map: tensor('float32', ones(N * bands * frames), [N, 1, bands, frames]), masks: tensor('float32', masks, [N, 6]) })
  const data = y!.data as Float32Array
  let most = 0
  for (let i = 0; i < N; i++) {
    const [b0, b1, s0, s1, t0, t1] = masks.subarray(6 * i, 6 * i + 6) as unknown as [number, number, number, number, number, number]
    expect([b1 - b0 <= 4, s1 - s0 <= 3, t1 - t0 <= 3]).toEqual([true, true, true])
    most = Math.max(most, b1 - b0)
    for (let b = 0; b < bands; b++) for (let t = 0; t < frames; t++) expect(data[(i * bands + b) * frames + t]).toBe((b >= b0 && b < b1) || (t >= s0 && t < s1) || (t >= t0 && t < t1) ? 0 : 1)
  }
  expect(most).toBe(4)
  expect(data.subarray((N - 1) * bands * frames).every((v) => v === 1)).toBe(true)
})
