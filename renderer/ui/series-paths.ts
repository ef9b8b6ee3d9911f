// seriesPaths(): the channels of a series' JSON as SVG paths, all on one scale.
import { classColour } from './colours.ts'

export interface SeriesPath {
  readonly name: string
  readonly colour: string
  /** Attribute `d`. */
  readonly path: string
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
  return paths.map((path, channel) => ({ name: series.channels[channel] ?? String(channel), colour: classColour(channel), path }))
}

/** `data`: [channels, steps]; of long ones as many points as there are pixels. */
export function linePaths(data: Float32Array, channels: number, width: number, height: number): string[] {
  const steps = data.length / channels
  const stride = Math.max(1, Math.floor(steps / (2 * width)))
  return pathsOf(Array.from({ length: channels }, (_, c) => Array.from({ length: Math.ceil(steps / stride) }, (_, i) => data[c * steps + i * stride] ?? 0)), width, height)
}

function pathsOf(values: readonly (readonly number[])[], width: number, height: number): string[] {
  const all = values.flat().filter(Number.isFinite)
  const low = all.reduce((a, b) => Math.min(a, b), Infinity)
  const span = Math.max(all.reduce((a, b) => Math.max(a, b), -Infinity) - low, 1e-12)
  return values.map((line) => line.map((v, i) => `${i === 0 || !Number.isFinite(line[i - 1]) ? 'M' : 'L'}${(2 + (i / Math.max(1, line.length - 1)) * (width - 4)).toFixed(1)} ${(height - 2 - ((v - low) / span) * (height - 4)).toFixed(1)}`).join(''))
}
