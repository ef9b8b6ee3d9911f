// ConstantOfShape: a tensor of a given shape filled with one value.
// https://onnx.ai/onnx/operators/onnx__ConstantOfShape.html (opset 9)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import type { Graph } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { isStatic, type DType, type TensorData } from '../graph/types.ts'
import { GraphError } from '../graph/errors.ts'
import { shape } from './shape.ts'
import { must, typed } from './support/rule.ts'

const attributes = z.strictObject({ value: z.custom<TensorData>((v) => typeof v === 'object' && v !== null && 'data' in v, 'a tensor of one element') })

export const ConstantOfShape = defineOp<z.infer<typeof attributes>>({
  name: 'ConstantOfShape',
  domain: '',
  since: 9,
  inputs: [{ name: 'input', dtypes: ['int64'] }],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const dims = ctx.dims(0)
    if (!dims) throw new GraphError('ConstantOfShape: the number of axes of the result is not known')
    return [{ dtype: ctx.attrs.value.dtype, shape: dims }]
  },
  grad: 'none',
})

export function constantOfShape(sizes: Value, value: number, dtype: DType = 'float32'): Value {
  return must(apply(ConstantOfShape, [sizes], { value: { dtype, shape: [1], data: typed(dtype, [value]) } }), 0)
}

/** A tensor of x's shape and type, every element `v`. */
export function fullLike(x: Value, v: number): Value {
  return constantOfShape(sizesOf(x.graph, x), v, x.dtype)
}

/** The sizes of `x` as an int64 vector: a constant where all are known. */
export function sizesOf(graph: Graph, x: Value): Value {
  return isStatic(x.shape) ? graph.ints(x.shape) : shape(x)
}
