// EyeLike: ones on a diagonal, zeros elsewhere, in the shape of a matrix.
// https://onnx.ai/onnx/operators/onnx__EyeLike.html (opset 9)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { DTYPES, type DType } from '../graph/types.ts'
import { first, single } from './support/rule.ts'
import { text } from './support/shape.ts'

/** The element type is kept by name; the writer turns it into ONNX's number. */
const attributes = z.strictObject({ dtype: z.enum(DTYPES).optional(), k: z.int().default(0) })
const made: readonly DType[] = ['float32', 'float64', 'int64', 'int32', 'uint64']

export const EyeLike = defineOp<z.infer<typeof attributes>>({
  name: 'EyeLike',
  domain: '',
  since: 9,
  inputs: [{ name: 'input', dtypes: ['float32', 'float64', 'float16', 'int64', 'int32', 'uint64'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const to = ctx.attrs.dtype ?? dtype
    if (shape.length !== 2) throw new GraphError(`EyeLike: the input has shape ${text(shape)}, expected a matrix`)
    if (!made.includes(to)) throw new GraphError(`EyeLike: no kernel makes ${to}, only ${made.join(', ')}`)
    return [{ dtype: to, shape }]
  },
  grad: 'none',
})

/** `k` moves the diagonal up (positive) or down; x's own element type where none is given. */
export function eyeLike(x: Value, { k = 0, dtype = x.dtype }: { k?: number; dtype?: DType } = {}): Value {
  return single(EyeLike, [x], { k, dtype })
}
