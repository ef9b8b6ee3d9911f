// Augmentation of annotated pictures: mask, boxes and points stand where the pixels stand; mixing keeps account of who is seen.
import { expect, test } from 'vitest'
import type { Augmentation } from '../contract/recipe.ts'
import { mixed, type Picture, type Pictures } from './mix.ts'
import { Random } from './random.ts'
import { touchUp } from './touch-up.ts'
import { drawWarp, warpBox, warpPoint } from './warp.ts'

const NONE: Augmentation = { shift: 0, rotate: 0, scale: 0, shear: 0, flipHorizontal: false, flipVertical: false }
const SIDE = 48
const shape = { height: SIDE, width: SIDE, channels: 1 as const }

/** A bright rectangle on black, known as mask, box and class. */
function rectangle(x: number, y: number, width: number, height: number, value = 200, kind = 0): Picture {
  const mask = new Uint8Array(SIDE * SIDE)
  for (let r = y; r < y + height; r++) mask.fill(kind + 1, r * SIDE + x, r * SIDE + x + width)
  return { pixels: mask.map((m) => (m > 0 ? value : 0)), mask, boxes: [{ class: kind, x, y, width, height }], classes: Float32Array.of(kind === 0 ? 1 : 0, kind === 1 ? 1 : 0) }
}
const only = (...list: Picture[]): Pictures => ({ count: list.length, shape, get: (row) => list[row]! })

/** Around the pixels that are set. */
function extent(pixels: Uint8Array, least: number): { x: number; y: number; width: number; height: number } {
  const at = [...pixels.keys()].filter((i) => pixels[i]! >= least)
  const [xs, ys] = [at.map((i) => i % SIDE), at.map((i) => Math.floor(i / SIDE))]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  return { x, y, width: Math.max(...xs) - x + 1, height: Math.max(...ys) - y + 1 }
}

test('mask and box follow the pixels through shift, scale, crop and flips', () => {
  const config: Augmentation = { ...NONE, shift: 0.2, scale: 0.3, crop: 0.3, flipHorizontal: true, flipVertical: true }
  let kept = 0
  for (let seed = 0; seed < 40; seed++) {
    const out = mixed(only(rectangle(12, 20, 18, 10)), 0, config, new Random(seed, 'augment'))
    const box = out.boxes[0]
    if (!box || !out.mask?.some((m) => m > 0)) continue
    kept++
    for (const seen of [extent(out.pixels, 100), extent(out.mask, 1)]) {
      expect(Math.abs(seen.x - box.x), `left of seed ${seed}`).toBeLessThanOrEqual(1.01)
      expect(Math.abs(seen.y - box.y)).toBeLessThanOrEqual(1.01)
      expect(Math.abs(seen.width - box.width)).toBeLessThanOrEqual(1.51)
      expect(Math.abs(seen.height - box.height)).toBeLessThanOrEqual(1.51)
    }
  }
  expect(kept).toBeGreaterThan(30)
})

test('turned and sheared, the box still holds every pixel of the mask', () => {
  const config: Augmentation = { ...NONE, rotate: 40, shear: 15 }
  for (let seed = 0; seed < 20; seed++) {
    const out = mixed(only(rectangle(14, 18, 16, 12)), 0, config, new Random(seed, 'augment'))
    const [box, seen] = [out.boxes[0]!, extent(out.mask!, 1)]
    expect(box.x).toBeLessThanOrEqual(seen.x + 0.5)
    expect(box.y).toBeLessThanOrEqual(seen.y + 0.5)
    expect(box.x + box.width).toBeGreaterThanOrEqual(seen.x + seen.width - 0.5)
    expect(box.y + box.height).toBeGreaterThanOrEqual(seen.y + seen.height - 0.5)
  }
})

test('points: a flip mirrors them, and where the warp says a pixel lands, it is', () => {
  const mirrored = Array.from({ length: 20 }, (_, seed) => drawWarp(new Random(seed, 'augment'), { ...NONE, flipHorizontal: true }, shape)).find((w) => w.across === -1)!
  expect(warpPoint(mirrored, 10, 7)).toEqual([SIDE - 10, 7])
  const config: Augmentation = { ...NONE, rotate: 60, scale: 0.2, shift: 0.1, shear: 10, flipVertical: true }
  for (let seed = 0; seed < 20; seed++) {
    const [x, y] = warpPoint(drawWarp(new Random(seed, 'augment'), config, shape), 20.5, 26.5)
    const out = mixed(only(rectangle(18, 24, 5, 5)), 0, config, new Random(seed, 'augment'))
    expect(out.pixels[Math.floor(y) * SIDE + Math.floor(x)], `seed ${seed}`).toBeGreaterThan(150)
  }
})

test('a box that leaves the picture is dropped, one that is cut keeps what is seen', () => {
  const warp = { ...drawWarp(new Random(1, 'augment'), NONE, shape), shiftX: 30 }
  expect(warpBox(warp, { x: 30, y: 10, width: 12, height: 8 })).toBeNull()
  expect(warpBox(warp, { x: 8, y: 10, width: 16, height: 8 })).toEqual({ x: 38, y: 10, width: 10, height: 8 })
})

test('cutmix pastes pixels, mask and boxes alike, and classes by area', () => {
  const pair = only(rectangle(4, 4, 40, 40, 90, 0), rectangle(4, 4, 40, 40, 220, 1))
  for (let seed = 0; seed < 10; seed++) {
    const out = mixed(pair, 0, { ...NONE, cutmix: 1 }, new Random(seed, 'augment'))
    out.mask!.forEach((m, i) => { expect(out.pixels[i]).toBe(m === 0 ? 0 : m === 1 ? 90 : 220) })
    expect(out.classes![0]! + out.classes![1]!).toBeCloseTo(1, 5)
  }
})

test('mosaic: every box lies on pixels of its class', () => {
  const pair = only(rectangle(10, 12, 24, 20, 90, 0), rectangle(16, 10, 20, 26, 220, 1))
  for (let seed = 0; seed < 10; seed++) {
    const out = mixed(pair, seed % 2, { ...NONE, mosaic: 1 }, new Random(seed, 'augment'))
    expect(out.boxes.length).toBeGreaterThan(0)
    for (const box of out.boxes) expect(out.pixels[Math.floor(box.y + box.height / 2) * SIDE + Math.floor(box.x + box.width / 2)]).toBe(box.class === 0 ? 90 : 220)
    out.mask!.forEach((m, i) => { expect(out.pixels[i]).toBe(m === 0 ? 0 : m === 1 ? 90 : 220) })
  }
})

test('mixup blends by a share between 0 and 1 and keeps the boxes of both', () => {
  const pair = only(rectangle(4, 4, 10, 10, 200, 0), rectangle(30, 30, 10, 10, 200, 1))
  const out = Array.from({ length: 20 }, (_, seed) => mixed(pair, 0, { ...NONE, mixup: 0.8 }, new Random(seed, 'augment'))).find((p) => p.classes![1]! > 0.05)!
  expect(out.boxes.map((b) => b.class)).toEqual([0, 1])
  expect(out.pixels[5 * SIDE + 5]).toBe(Math.round(200 * out.classes![0]!))
  expect(out.pixels[32 * SIDE + 32]).toBe(Math.round(200 * out.classes![1]!))
})

test('cutout: the hole is background in the mask, and a hidden box is gone', () => {
  let gone = 0
  for (let seed = 0; seed < 40; seed++) {
    const out = mixed(only(rectangle(20, 20, 8, 8)), 0, { ...NONE, cutout: 0.9 }, new Random(seed, 'augment'))
    out.mask!.forEach((m, i) => { expect(out.pixels[i]).toBe(m === 0 ? 0 : 200) })
    const left = out.mask!.reduce((n, m) => n + m, 0)
    expect(out.boxes.length).toBe(left >= 0.3 * 64 ? 1 : 0)
    if (left < 0.3 * 64) gone++
  }
  expect(gone).toBeGreaterThan(3)
})

test('colour, blur and noise change pixels as they say and leave greys grey', () => {
  const colours = { height: 8, width: 8, channels: 3 as const }
  const grey = (): Uint8Array => Uint8Array.from({ length: 192 }, (_, i) => 40 + 2 * Math.floor(i / 3))
  const turned = grey()
  touchUp(turned, colours, { ...NONE, hue: 90, saturation: 0.5 }, new Random(3, 'augment'))
  expect(turned.every((v, i) => Math.abs(v - grey()[i]!) <= 1)).toBe(true)
  const blurred = Uint8Array.from({ length: 64 }, (_, i) => (i === 27 ? 255 : 0))
  touchUp(blurred, { height: 8, width: 8, channels: 1 }, { ...NONE, blur: 1.5 }, new Random(3, 'augment'))
  expect(blurred[27]).toBeLessThan(255)
  expect(Math.abs(blurred.reduce((a, b) => a + b, 0) - 255)).toBeLessThan(40)
  const noisy = new Uint8Array(192).fill(128)
  touchUp(noisy, colours, { ...NONE, noise: 0.1 }, new Random(1, 'augment'))
  expect(new Set(noisy).size).toBeGreaterThan(10)
  const same = grey()
  expect(touchUp(same, colours, NONE, new Random(1, 'augment'))).toBeNull()
  expect(same).toEqual(grey())
})

test('equal numbers give equal pictures', () => {
  const pair = only(rectangle(4, 4, 30, 20), rectangle(20, 8, 10, 30, 120, 1))
  const config: Augmentation = { ...NONE, rotate: 20, mosaic: 0.5, mixup: 0.3, cutmix: 0.5, cutout: 0.3, brightness: 0.2, blur: 1, noise: 0.05 }
  expect(mixed(pair, 0, config, new Random(7, 'augment', 3))).toEqual(mixed(pair, 0, config, new Random(7, 'augment', 3)))
})
