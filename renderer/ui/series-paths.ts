// seriesPaths(): the channels of a series' JSON as SVG paths, on one scale, or each in a lane where they are too far apart.
import { classColour } from './colours.ts'

export interface SeriesPath {
  readonly name: string
  readonly colour: string
  /** Attribute `d`. */
  readonly path: string
  readonly low: number
  readonly high: number
}
export interface SeriesData {
  readonly channels: readonly string[]
  /** By channel. */
  readonly values: readonly (readonly number[])[]
}

/** Null for what is no series. */
export function parseSeries(json: string): SeriesData | null {
  try {
    const { channels, values } = JSON.parse(json) as Partial<SeriesData>
    return Array.isArray(channels) && Array.isArray(values) && values.every((v) => Array.isArray(v)) ? { channels: channels as string[], values: values as number[][] } : null
  } catch {
    return null
  }
}

/** Within `width` × `height` and a margin of 2. */
export function seriesPaths(json: string, width: number, height: number): SeriesPath[] {
  const series = parseSeries(json)
  if (!series) return []
  const paths = pathsOf(series.values, width, height)
  return paths.map((path, channel) => ({ name: series.channels[channel] ?? String(channel), colour: classColour(channel), path, ...rangeOf(series.values[channel] ?? []) }))
}

/** `data`: [channels, steps]; of long ones as many points as there are pixels. */
export function linePaths(data: Float32Array, channels: number, width: number, height: number): string[] {
  const steps = data.length / channels
  const stride = Math.max(1, Math.floor(steps / (2 * width)))
  return pathsOf(Array.from({ length: channels }, (_, c) => Array.from({ length: Math.ceil(steps / stride) }, (_, i) => data[c * steps + i * stride] ?? 0)), width, height)
}

/** Channels share a scale while all of it is at most so many times the widest of them; beyond, each has a lane and a scale of its own. */
const SHARED = 3

interface Range {
  readonly low: number
  readonly high: number
}
const rangeOf = (values: readonly number[]): Range => values.reduce(({ low, high }, v) => (Number.isFinite(v) ? { low: Math.min(low, v), high: Math.max(high, v) } : { low, high }), { low: Infinity, high: -Infinity })
const spanOf = ({ low, high }: Range): number => Math.max(high - low, 1e-12)

/** Whether lines of so different sizes or places lie in lanes, the first on top. */
export function inLanes(values: readonly (readonly number[])[]): boolean {
  const ranges = values.map(rangeOf)
  const all = rangeOf(ranges.flatMap(({ low, high }) => [low, high]))
  return values.length > 1 && spanOf(all) > SHARED * Math.max(...ranges.map(spanOf))
}

function pathsOf(values: readonly (readonly number[])[], width: number, height: number): string[] {
  const lanes = inLanes(values)
  const all = rangeOf(values.flat())
  const lane = lanes ? height / values.length : height
  return values.map((line, channel) => {
    const range = lanes ? rangeOf(line) : all
    const bottom = lanes ? (channel + 1) * lane : height
    return line.map((v, i) => `${i === 0 || !Number.isFinite(line[i - 1]) ? 'M' : 'L'}${(2 + (i / Math.max(1, line.length - 1)) * (width - 4)).toFixed(1)} ${(bottom - 2 - ((v - range.low) / spanOf(range)) * (lane - 4)).toFixed(1)}`).join('')
  })
}
