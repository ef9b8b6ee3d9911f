// What the operators on quantised numbers share: element types, scales and zero points, shapes of products and convolutions.
import { z } from 'zod'
import { GraphError } from '../../graph/errors.ts'
import type { InputSpec } from '../../graph/op.ts'
import type { Dim, Shape, ValueType } from '../../graph/types.ts'
import { must } from './rule.ts'
import { axisOf, broadcast, rankAtLeast, text } from './shape.ts'
import { known, positions, windowOf } from './window.ts'

export const BYTES = ['uint8', 'int8'] as const
/** 16 bits since opset 21. */
export const QUANTISED = [...BYTES, 'uint16', 'int16'] as const

export const byteInput = (name: string, type: string, optional = false): InputSpec => ({ name, dtypes: BYTES, type, optional })
export const scaleInput = (name: string): InputSpec => ({ name, dtypes: ['float32'] })

/** A scale and its zero point must be one number, or one for each index along `axis`. */
export function checkScale(op: string, what: string, x: Shape, axis: number, scale: ValueType, zero: ValueType | null): void {
  const along = scale.shape.length === 0 || text(scale.shape) === '[1]' ? null : must(x, axisOf(op, axis, x.length))
  if (along !== null && text(scale.shape) !== text([along])) throw new GraphError(`${op}: the scale of ${what} is ${text(scale.shape)}, expected one number or ${text([along])} along axis ${axis} of ${text(x)}`)
  if (zero && text(zero.shape) !== text(scale.shape)) throw new GraphError(`${op}: the zero point of ${what} is ${text(zero.shape)}, its scale ${text(scale.shape)}`)
}

/** Shape of a matrix product over the last two axes. */
export function productShape(op: string, a: ValueType | null | undefined, b: ValueType | null | undefined): Dim[] {
  const [p, q] = [rankAtLeast(op, 'A', a, 2), rankAtLeast(op, 'B', b, 2)]
  if (p.at(-1) !== q.at(-2)) throw new GraphError(`${op}: ${text(p)} times ${text(q)}: ${p.at(-1) ?? '?'} columns against ${q.at(-2) ?? '?'} rows`)
  return [...broadcast(op, p.slice(0, -2), q.slice(0, -2)), must(p, p.length - 2), must(q, q.length - 1)]
}

export const convAttributes = z.strictObject({
  kernel_shape: z.array(z.int()).optional(),
  strides: z.array(z.int()).optional(),
  pads: z.array(z.int()).optional(),
  dilations: z.array(z.int()).optional(),
  group: z.int().min(1).default(1),
})

/** Shape of a convolution of [N, C, …] with weights [O, C/group, …]. */
export function convShape(op: string, x: ValueType | null | undefined, w: ValueType, attrs: z.infer<typeof convAttributes>): Dim[] {
  const from = rankAtLeast(op, 'x', x, 3)
  const [o, c] = [known(op, 'the number of output channels', w.shape[0]), known(op, 'the number of input channels', w.shape[1])]
  if (w.shape.length !== from.length || from[1] !== c * attrs.group || o % attrs.group !== 0) throw new GraphError(`${op}: input ${text(from)} does not fit weights ${text(w.shape)} in ${attrs.group} groups`)
  const kernel = w.shape.slice(2).map((k) => known(op, 'the kernel', k))
  return [must(from, 0), o, ...positions(op, from.slice(2), windowOf(op, kernel, attrs))]
}
