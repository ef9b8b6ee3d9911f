// Sliding windows over the spatial axes: attributes shared by convolution and pooling, and their sizes.
import { GraphError } from '../../graph/errors.ts'
import type { Dim, Shape } from '../../graph/types.ts'
import { must } from './rule.ts'
import { plus, text } from './shape.ts'

/** One number an axis; `pads` one before each axis, then one after each. A single number stands for all axes. */
export interface WindowOptions {
  readonly strides?: readonly number[] | number
  readonly pads?: readonly number[] | number
  readonly dilations?: readonly number[] | number
}

export interface Window {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly pads: readonly number[]
  readonly dilations: readonly number[]
}

export const spread = (v: readonly number[] | number | undefined, count: number, fallback: number): number[] => (typeof v === 'object' ? [...v] : new Array<number>(count).fill(v ?? fallback))

/** Attributes of a node from options. */
export function windowAttrs(kernel: readonly number[], options: WindowOptions): { kernel_shape: number[]; strides: number[]; pads: number[]; dilations: number[] } {
  const n = kernel.length
  return { kernel_shape: [...kernel], strides: spread(options.strides, n, 1), pads: spread(options.pads, 2 * n, 0), dilations: spread(options.dilations, n, 1) }
}

/** A window from a node's attributes, with ONNX's defaults, checked against the number of spatial axes. */
export function windowOf(op: string, kernel: readonly number[], attrs: { strides?: readonly number[]; pads?: readonly number[]; dilations?: readonly number[] }): Window {
  const n = kernel.length
  const { strides = spread(1, n, 1), pads = spread(0, 2 * n, 0), dilations = spread(1, n, 1) } = attrs
  if (strides.length !== n || pads.length !== 2 * n || dilations.length !== n) throw new GraphError(`${op}: strides ${text(strides)}, pads ${text(pads)}, dilations ${text(dilations)} do not fit ${n} spatial axes`)
  if ([...strides, ...dilations, ...kernel].some((v) => v < 1) || pads.some((v) => v < 0)) throw new GraphError(`${op}: strides, dilations and kernel must be at least 1 and pads at least 0, found strides ${text(strides)}, pads ${text(pads)}, dilations ${text(dilations)}, kernel ${text(kernel)}`)
  return { kernel, strides, pads, dilations }
}

/** Number of window positions along each spatial axis. */
export function positions(op: string, spatial: Shape, w: Window): Dim[] {
  return spatial.map((d, i) => {
    const span = must(w.dilations, i) * (must(w.kernel, i) - 1) + 1
    const stride = must(w.strides, i)
    const room = plus(d, must(w.pads, i) + must(w.pads, i + spatial.length) - span)
    if (typeof room === 'string') return stride === 1 ? plus(d, must(w.pads, i) + must(w.pads, i + spatial.length) - span + 1) : `floor((${room})/${stride})+1`
    if (room < 0) throw new GraphError(`${op}: a window of ${span} does not fit into axis ${i} of ${text(spatial)} with pads ${text(w.pads)}`)
    return Math.floor(room / stride) + 1
  })
}

/** A size that the computation needs as a number. */
export function known(op: string, what: string, d: Dim | undefined): number {
  if (typeof d !== 'number') throw new GraphError(`${op}: ${what} must be a known size, found '${d ?? 'nothing'}'`)
  return d
}
