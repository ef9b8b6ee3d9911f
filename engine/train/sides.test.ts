// Vectors kept twice: which side a step reads, and that what has been written over is refused.
import { expect, test } from 'vitest'
import { tensor, type Tensor } from '../compile/program.ts'
import { bySides } from './sides.ts'

const vector = (...numbers: number[]): Tensor => tensor('float32', Float32Array.from(numbers), [numbers.length])

test('what a run gave is read where it lies; anything else is copied', () => {
  const kept = [{ w: vector(0, 0), m: vector(0, 0) }, { w: vector(0, 0), m: vector(0, 0) }]
  const sides = bySides(['w', 'm'], (name, side) => kept[side]![name as 'w' | 'm'])
  expect(sides.enter({ w: vector(1, 2), m: vector(3, 4) })).toBe(0)
  expect([kept[0]!.w.data, kept[0]!.m.data]).toEqual([Float32Array.of(1, 2), Float32Array.of(3, 4)])
  const first = sides.leave(1)
  const feeds = { w: first['w_next']!, m: first['m_next']! }
  expect(sides.enter(feeds)).toBe(1)
  const second = sides.leave(0)
  expect(sides.enter(feeds), 'taken back').toBe(1)
  sides.leave(0)
  expect(() => sides.enter({ w: second['w_next']!, m: second['m_next']! })).toThrow("'w' is of a step that is too long ago")
  // One of them alone is a copy of both.
  ;(kept[1]!.w.data as Float32Array).fill(7)
  expect(sides.enter({ w: feeds.w, m: vector(5, 6) })).toBe(0)
  expect([kept[0]!.w.data, kept[0]!.m.data]).toEqual([Float32Array.of(7, 7), Float32Array.of(5, 6)])
  expect(() => sides.enter(feeds)).toThrow('too long ago')
})
