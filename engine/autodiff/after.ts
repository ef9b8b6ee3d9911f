// after: a value that may be read only once others are computed. ONNX Runtime orders nodes by their data alone, so an order takes data.
import { GraphError } from '../graph/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { OpDef } from '../graph/op.ts'
import { add } from '../ops/add.ts'
import { cast } from '../ops/cast.ts'
import { concat } from '../ops/concat.ts'
import { sizesOf } from '../ops/constant_of_shape.ts'
import { mul } from '../ops/mul.ts'
import { reduceSum } from '../ops/reduce_sum.ts'
import { Reshape, reshape } from '../ops/reshape.ts'
import { slice } from '../ops/slice.ts'
import { single } from '../ops/support/rule.ts'

/** A Reshape to the shape that there is: no copy. What it was told of the shape hangs on data, so it is said here. */
const After: OpDef = {
  ...Reshape,
  infer: ({ inputs }) => {
    const x = inputs[0]
    if (!x) throw new GraphError('Reshape: input 0 is missing')
    return [{ dtype: x.dtype, shape: x.shape }]
  },
  grad: 'forbidden',
}

/** int64 [1]: 0, known only when all of `values` (of any real type) are. */
export function token(graph: Graph, values: readonly Value[]): Value {
  const first = values.map((v) => {
    const axes = v.shape.map((_, i) => i)
    return cast(reshape(axes.length === 0 ? v : slice(v, { starts: axes.map(() => 0), ends: axes.map(() => 1), axes }), [1]), 'int64')
  })
  const all = first.length === 0 ? graph.ints([0]) : concat(first, 0)
  return reduceSum(mul(all, graph.ints([0])), [0], true)
}

/** `x`, computed or not, to be read only once `when` (of `token`) is. Two of one value with different tokens are different to ORT's merging of equal nodes. */
export function after(x: Value, when: Value): Value {
  return single(After, [x, add(sizesOf(x.graph, x), when)])
}
