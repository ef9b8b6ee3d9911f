// Shape checks and window arithmetic that layers share.
import { LatheError } from '../contract/errors.ts'

/** [channels, height, width] of a picture-like input. */
export function imageShape(layer: string, input: readonly number[]): readonly [number, number, number] {
  const [c, h, w] = input
  if (input.length !== 3 || c === undefined || h === undefined || w === undefined) throw new LatheError('usage', `layer ${layer} takes [channels, height, width], it got [${input.join(', ')}]: put it before flatten`)
  return [c, h, w]
}

/** Channels and the `rank` spatial sizes behind them (any number of them where null). */
export function spatialShape(layer: string, input: readonly number[], rank: number | null): { readonly channels: number; readonly spatial: readonly number[] } {
  const [channels, ...spatial] = input
  if (channels === undefined || (rank === null ? spatial.length === 0 : spatial.length !== rank)) {
    const wanted = ['channels', ...(rank === 1 ? ['length'] : rank === 2 ? ['height', 'width'] : rank === 3 ? ['depth', 'height', 'width'] : ['…'])]
    throw new LatheError('usage', `layer ${layer} takes [${wanted.join(', ')}], it got [${input.join(', ')}]: put it before flatten`)
  }
  return { channels, spatial }
}

/** The first axis: channels of a picture, or features. */
export function channelsOf(layer: string, input: readonly number[]): number {
  const [channels] = input
  if (channels === undefined) throw new LatheError('usage', `layer ${layer} takes [channels, …], it got a single number a sample`)
  return channels
}

/** [time, features] of a sequence. */
export function sequenceShape(layer: string, input: readonly number[]): readonly [number, number] {
  const [time, features] = input
  if (input.length !== 2 || time === undefined || features === undefined) throw new LatheError('usage', `layer ${layer} takes [time, features], it got [${input.join(', ')}]: it belongs behind an embedding or on sequences of vectors`)
  return [time, features]
}

/** The last axis: features of each step. */
export function featuresOf(layer: string, input: readonly number[]): number {
  const features = input.at(-1)
  if (features === undefined) throw new LatheError('usage', `layer ${layer} takes [features] or [time, features], it got a single number a sample`)
  return features
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
