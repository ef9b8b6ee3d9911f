// Way: exact where the gradient is straight, cut only where it jumps, with a gap that tells the error.
import { expect, test } from 'vitest'
import { Way, type Stretch } from './way.ts'

/** The way of a score f along 0 to 1 where sample − baseline is 1, so that gradient and slope are f'. */
function wayOf(f: (t: number) => number, slope: (t: number) => number, count: number): { way: Way; at: (position: number) => Omit<Stretch, 'width'> } {
  const at = (position: number): Omit<Stretch, 'width'> => ({ position, score: f(position), slope: slope(position), gradient: Float32Array.of(slope(position)) })
  return { at, way: new Way(f(0), f(1), Array.from({ length: count }, (_, i) => ({ ...at((i + 0.5) / count), width: 1 / count }))) }
}
function refine({ way, at }: ReturnType<typeof wayOf>, tolerance: number, most: number): number {
  while (way.gap() > tolerance && way.length + 2 <= most) {
    const worst = way.worst(1)
    way.split(worst, worst.flatMap((i) => [-1, 1].map((side) => at(way.stretches[i]!.position + (side * way.stretches[i]!.width) / 3))))
  }
  return way.length
}

test('of a parabola the midpoint rule is exact', () => {
  const { way } = wayOf((t) => 3 * t * t, (t) => 6 * t, 2)
  expect(way.gap()).toBeCloseTo(0, 12)
  expect(way.integral(1)[0]).toBeCloseTo(3, 6)
})

test('a jump of the gradient is found and closed in on: widths fall to it alone', () => {
  const kink = 0.37
  const made = wayOf((t) => 10 * Math.max(0, t - kink), (t) => (t > kink ? 10 : 0), 4)
  const length = refine(made, 1e-4, 1000)
  // Uniformly it would take about a thousand.
  expect(length).toBeLessThan(30)
  expect(made.way.integral(1)[0]).toBeCloseTo(10 * (1 - kink), 3)
  const widths = made.way.stretches.map(({ width }) => width)
  expect(widths.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
  const { position } = made.way.stretches.reduce((a, b) => (a.width < b.width ? a : b))
  expect(Math.abs(position - kink)).toBeLessThan(0.01)
  expect(widths.at(-1)).toBe(0.25)
  const order = made.way.stretches.map(({ position }) => position)
  expect(order).toEqual(order.toSorted((a, b) => a - b))
})

test('a steep beginning is cut finer than a flat end', () => {
  const made = wayOf((t) => Math.tanh(40 * t), (t) => 40 / Math.cosh(40 * t) ** 2, 8)
  expect(made.way.gap()).toBeGreaterThan(0.05)
  expect(refine(made, 1e-3, 1000)).toBeLessThan(40)
  expect(made.way.stretches[0]!.width).toBeLessThan(made.way.stretches.at(-1)!.width)
})

test('a score that does not change tells the sum itself', () => {
  const { way } = wayOf((t) => Math.sin(2 * Math.PI * t) * 1e-9, (t) => 2e-9 * Math.PI * Math.cos(2 * Math.PI * t), 3)
  expect(way.gap()).toBeLessThan(1e-8)
  expect(way.worst(2)).toHaveLength(2)
})
