// ORT's operators on the blocked layout, as nodes: values keep their logical shape [N, C, H, W], their data lie as [N, C/b, H, W, b].
// https://github.com/microsoft/onnxruntime/blob/main/onnxruntime/core/graph/contrib_ops/nchwc_schema_defs.cc
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import { defineOp, type Differentiability, type OpDef } from '../../graph/op.ts'
import { must, single } from '../../ops/support/rule.ts'

const FLOAT = ['float32'] as const
export const BLOCKED = 'com.microsoft.nchwc'
const domain = BLOCKED

const unary = (name: string, attributes: z.ZodType<Record<string, number>>, back: (g: Value) => Value): OpDef =>
  defineOp<Record<string, number>>({ name, domain, since: 1, inputs: [{ name: 'X', dtypes: FLOAT }], outputs: [1, 1], attributes, infer: ({ inputs }) => [must(inputs, 0)], grad: (ctx) => [back(must(ctx.grads, 0))] })

const ReorderInput = unary('ReorderInput', z.strictObject({}), (g) => toStandard(g))
const ReorderOutput = unary('ReorderOutput', z.strictObject({ channels: z.int() }), (g) => toBlocked(g))

/** Rows [N, C, …] with channels outside to [N, C/b, …, b]. */
export const toBlocked = (x: Value): Value => single(ReorderInput, [x])

/** The way back. */
export const toStandard = (x: Value): Value => single(ReorderOutput, [x], { channels: Number(x.shape[1]) })

const convAttributes = z.strictObject({
  kernel_shape: z.array(z.int()),
  strides: z.array(z.int()),
  pads: z.array(z.int()),
  dilations: z.array(z.int()),
  group: z.int(),
  activation: z.string().optional(),
})
export type BlockedConvAttributes = z.infer<typeof convAttributes>

/** One forward operator with the gradient that its use has; those inside gradients have none. */
export function blockedConvOp(grad: Differentiability<BlockedConvAttributes> = 'forbidden'): OpDef {
  return defineOp<BlockedConvAttributes>({
    name: 'Conv',
    domain,
    since: 1,
    inputs: [
      { name: 'X', dtypes: FLOAT },
      { name: 'W', dtypes: FLOAT },
      { name: 'B', dtypes: FLOAT, optional: true },
      { name: 'Sum', dtypes: FLOAT, optional: true },
    ],
    outputs: [1, 1],
    attributes: convAttributes,
    infer: ({ inputs, attrs }) => {
      const [x, w] = [must(inputs, 0), must(inputs, 1)]
      const [h, wide] = [0, 1].map((i) => Math.floor((Number(x.shape[i + 2]) + must(attrs.pads, i) + must(attrs.pads, i + 2) - must(attrs.kernel_shape, i)) / must(attrs.strides, i)) + 1)
      return [{ dtype: 'float32', shape: [must(x.shape, 0), must(w.shape, 0), h ?? 0, wide ?? 0] }]
    },
    grad,
  })
}

export interface BlockedConv {
  readonly kernel: readonly [number, number]
  /** Above, left, below, right. */
  readonly pads: readonly [number, number, number, number]
  readonly group?: number
  readonly relu?: boolean
}

const InnerConv = blockedConvOp()

/** Stride 1. `x` blocked, or in standard order where it has fewer channels than the block; `w` in blocked order. */
export function blockedConv(x: Value, w: Value, b: Value | null, { kernel, pads, group = 1, relu = false }: BlockedConv, op: OpDef = InnerConv): Value {
  return single(op, [x, w, b], { kernel_shape: [...kernel], strides: [1, 1], pads: [...pads], dilations: [1, 1], group, ...(relu && { activation: 'Relu' }) })
}

/** Each channel of `x` times its factor of `factors` [C, 1, 1, 1], plus `bias` [C] or plus `sum`, whose memory it takes where nobody else needs it. */
export const pointwise = (x: Value, factors: Value, { bias = null, sum = null }: { readonly bias?: Value | null; readonly sum?: Value | null }): Value =>
  single(InnerConv, [x, factors, bias, sum], { kernel_shape: [1, 1], strides: [1, 1], pads: [0, 0, 0, 0], dilations: [1, 1], group: Number(factors.shape[0]) })

const poolAttributes = z.strictObject({ kernel_shape: z.array(z.int()), strides: z.array(z.int()) })

/** Without padding. */
export function blockedMaxPoolOp(grad: Differentiability<z.infer<typeof poolAttributes>> = 'forbidden'): OpDef {
  return defineOp<z.infer<typeof poolAttributes>>({
    name: 'MaxPool',
    domain,
    since: 1,
    inputs: [{ name: 'X', dtypes: FLOAT }],
    outputs: [1, 1],
    attributes: poolAttributes,
    infer: ({ inputs, attrs }) => {
      const x = must(inputs, 0)
      const [h, w] = [0, 1].map((i) => Math.floor((Number(x.shape[i + 2]) - must(attrs.kernel_shape, i)) / must(attrs.strides, i)) + 1)
      return [{ dtype: 'float32', shape: [must(x.shape, 0), must(x.shape, 1), h ?? 0, w ?? 0] }]
    },
    grad,
  })
}

const InnerMaxPool = blockedMaxPoolOp()

/** Windows of `kernel` at every second place. */
export const halvingMaxPool = (x: Value, kernel: readonly [number, number], op: OpDef = InnerMaxPool): Value => single(op, [x], { kernel_shape: [...kernel], strides: [2, 2] })
