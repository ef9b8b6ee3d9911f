// Augmentation: identity, flips, motion by the numbers drawn, fill, determinism.
import { describe, expect, test } from 'vitest'
import type { Augmentation } from '../contract/recipe.ts'
import { noise } from '../../test/support/images.ts'
import { augment } from './augment.ts'
import { Random } from './random.ts'

const NONE: Augmentation = { shift: 0, rotate: 0, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false }
const input = (height: number, width: number, channels: 1 | 3 = 1) => ({ height, width, channels })
function run(src: Uint8Array, size: ReturnType<typeof input>, config: Augmentation, seed: number): Uint8Array {
  const out = new Uint8Array(src.length)
  augment(src, 0, out, 0, size, config, new Random(seed, 'augment'))
  return out
}
/** Seed whose draw number `at` fulfils `wanted`. */
function seedWhere(at: number, wanted: (u: number) => boolean): number {
  for (let seed = 1; ; seed++) {
    const random = new Random(seed, 'augment')
    let u = 0
    for (let i = 0; i <= at; i++) u = random.uniform()
    if (wanted(u)) return seed
  }
}
/** A soft spot, and where the mass of an image lies. */
function spot(h: number, w: number, cy: number, cx: number): Uint8Array {
  return Uint8Array.from({ length: h * w }, (_, i) => 255 * Math.exp(-((Math.floor(i / w) - cy) ** 2 + ((i % w) - cx) ** 2) / 8))
}
function centre(data: Uint8Array, w: number): [number, number] {
  let mass = 0
  let y = 0
  let x = 0
  data.forEach((v, i) => {
    mass += v
    y += v * Math.floor(i / w)
    x += v * (i % w)
  })
  return [y / mass, x / mass]
}

describe('augment', () => {
  test('with nothing asked for it copies exactly', () => {
    const { data } = noise(9, 7, 1, 3)
    expect(run(data, input(7, 9, 3), NONE, 5)).toEqual(data)
  })
  test('flips mirror exactly', () => {
    const src = Uint8Array.of(1, 2, 3, 4, 5, 6)
    expect(run(src, input(2, 3), { ...NONE, flipHorizontal: true }, seedWhere(5, (u) => u < 0.5))).toEqual(Uint8Array.of(3, 2, 1, 6, 5, 4))
    expect(run(src, input(2, 3), { ...NONE, flipHorizontal: true }, seedWhere(5, (u) => u >= 0.5))).toEqual(src)
    expect(run(src, input(2, 3), { ...NONE, flipVertical: true }, seedWhere(6, (u) => u < 0.5))).toEqual(Uint8Array.of(4, 5, 6, 1, 2, 3))
  })
  test('a shift moves the image by the numbers drawn', () => {
    const src = spot(40, 40, 20, 20)
    const draws = new Random(3, 'augment')
    draws.uniform()
    draws.uniform()
    draws.uniform()
    const dy = (draws.uniform() * 2 - 1) * 0.2 * 40
    const dx = (draws.uniform() * 2 - 1) * 0.2 * 40
    const [y, x] = centre(run(src, input(40, 40), { ...NONE, shift: 0.2 }, 3), 40)
    expect(Math.abs(dy) + Math.abs(dx)).toBeGreaterThan(2)
    expect(y).toBeCloseTo(20 + dy, 1)
    expect(x).toBeCloseTo(20 + dx, 1)
  })
  test('a rotation turns about the centre', () => {
    const src = spot(41, 41, 20, 30)
    const seed = seedWhere(0, (u) => u > 0.7 && u < 0.8)
    const angle = ((new Random(seed, 'augment').uniform() * 2 - 1) * 90 * Math.PI) / 180
    const [y, x] = centre(run(src, input(41, 41), { ...NONE, rotate: 90 }, seed), 41)
    expect(y).toBeCloseTo(20 + 10 * Math.sin(angle), 1)
    expect(x).toBeCloseTo(20 + 10 * Math.cos(angle), 1)
  })
  test('scale and shear move points as their matrix says', () => {
    const src = spot(61, 61, 40, 30)
    const seed = seedWhere(1, (u) => u > 0.8)
    const random = new Random(seed, 'augment')
    random.uniform()
    const shear = Math.tan(((random.uniform() * 2 - 1) * 30 * Math.PI) / 180)
    const sheared = centre(run(src, input(61, 61), { ...NONE, shear: 30 }, seed), 61)
    expect(sheared[0]).toBeCloseTo(40, 1)
    expect(sheared[1]).toBeCloseTo(30 + shear * 10, 1)
    const zoom = 1 + (random.uniform() * 2 - 1) * 0.3
    expect(centre(run(src, input(61, 61), { ...NONE, scale: 0.3 }, seed), 61)[0]).toBeCloseTo(30 + 10 * zoom, 1)
  })
  test('what comes in from outside is the median of the border', () => {
    const light = new Uint8Array(400).fill(200)
    expect(run(light, input(20, 20), { ...NONE, shift: 0.5, rotate: 180, scale: 0.5, shear: 40 }, 8)).toEqual(light)
  })
  test('same seed, same bytes; offsets are honoured; eight numbers are drawn', () => {
    const config: Augmentation = { shift: 0.2, rotate: 20, scale: 0.2, shear: 10, flipHorizontal: true, flipVertical: true }
    const { data } = noise(8, 8, 4)
    const once = run(data, input(8, 8), config, 11)
    const src = new Uint8Array(3 + 64)
    src.set(data, 3)
    const out = new Uint8Array(70)
    const random = new Random(11, 'augment')
    augment(src, 3, out, 5, input(8, 8), config, random)
    expect(out.subarray(5, 69)).toEqual(once)
    expect([...out.subarray(0, 5), out[69]]).toEqual([0, 0, 0, 0, 0, 0])
    expect(random.position).toBe(8)
    expect(run(data, input(8, 8), config, 12)).not.toEqual(once)
  })
})
