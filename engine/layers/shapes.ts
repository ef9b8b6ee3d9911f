// Shape checks and window arithmetic that layers share.
import { LatheError } from '../contract/errors.ts'

/** [channels, height, width] of a picture-like input. */
export function imageShape(layer: string, input: readonly number[]): readonly [number, number, number] {
  const [c, h, w] = input
  if (input.length !== 3 || c === undefined || h === undefined || w === undefined) throw new LatheError('usage', `layer ${layer} takes [channels, height, width], it got [${input.join(', ')}]: put it before flatten`)
  return [c, h, w]
}

/** Length after sliding a window; throws when the window does not fit. */
export function windowed(layer: string, size: number, kernel: number, stride: number, padding: number): number {
  const out = Math.floor((size + 2 * padding - kernel) / stride) + 1
  if (out < 1) throw new LatheError('usage', `layer ${layer}: a window of ${kernel} does not fit a side of ${size} with padding ${padding}; use fewer pooling layers or a larger input`)
  return out
}

export function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}
