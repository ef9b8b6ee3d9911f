// Philox against the published known-answer vectors; draws against their contracts.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { philox4x32, Random } from './random.ts'

test('Philox4x32-10 known answers (Random123 kat_vectors)', () => {
  const zero = new Uint32Array(4)
  philox4x32(zero, 0, 0)
  expect([...zero].map((w) => w.toString(16))).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8'])
  const ones = new Uint32Array(4).fill(0xffffffff)
  philox4x32(ones, 0xffffffff, 0xffffffff)
  expect([...ones].map((w) => w.toString(16))).toEqual(['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd'])
  const pi = Uint32Array.of(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344)
  philox4x32(pi, 0xa4093822, 0x299f31d0)
  expect([...pi].map((w) => w.toString(16))).toEqual(['d16cfe09', '94fdcceb', '5001e420', '24126ea1'])
})

test('a generator put back to a position goes on with the same draws', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(40), (seed, skip) => {
      const a = new Random(seed, 'dropout', 7)
      for (let i = 0; i < skip * 4; i++) a.uint32()
      const b = new Random(seed, 'dropout', 7)
      b.position = skip * 4
      return a.uint32() === b.uint32()
    }),
  )
})

test('streams and indices are independent', () => {
  const first = (r: Random): number => r.uint32()
  expect(new Set([first(new Random(1, 'init')), first(new Random(1, 'shuffle')), first(new Random(1, 'init', 1)), first(new Random(2, 'init'))]).size).toBe(4)
})

test('uniform, normal and int have their moments', () => {
  const r = new Random(3, 'bootstrap')
  const n = 20_000
  let u = 0
  let g = 0
  let g2 = 0
  const counts = new Uint32Array(7)
  for (let i = 0; i < n; i++) {
    u += r.uniform()
    const z = r.normal()
    g += z
    g2 += z * z
    counts[r.int(7)]!++
  }
  expect(u / n).toBeCloseTo(0.5, 1)
  expect(g / n).toBeCloseTo(0, 1)
  expect(g2 / n).toBeCloseTo(1, 1)
  for (const c of counts) expect(Math.abs(c - n / 7)).toBeLessThan(5 * Math.sqrt(n / 7))
})

test('shuffle keeps every item', () => {
  const items = new Random(5, 'shuffle').shuffle(Uint32Array.from({ length: 100 }, (_, i) => i))
  expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i))
  expect([...items]).not.toEqual(Array.from({ length: 100 }, (_, i) => i))
})
