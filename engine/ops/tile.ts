// Tile: a tensor repeated along its axes. The gradient is summed over the repetitions.
// https://onnx.ai/onnx/operators/onnx__Tile.html (opset 13)
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { knownNumbers } from '../graph/known.ts'
import { defineOp } from '../graph/op.ts'
import { reduceSum } from './reduce_sum.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { ANY, first, must, single } from './support/rule.ts'
import { size, text } from './support/shape.ts'
import { transpose } from './transpose.ts'

export const Tile = defineOp({
  name: 'Tile',
  domain: '',
  since: 13,
  inputs: [
    { name: 'input', dtypes: ANY },
    { name: 'repeats', dtypes: ['int64'] },
  ],
  outputs: [1, 1],
  attributes: z.strictObject({}),
  infer: (ctx) => {
    const { dtype, shape } = first(ctx)
    const repeats = ctx.dims(1)
    if (repeats && repeats.length !== shape.length) throw new GraphError(`Tile: ${repeats.length} repeats for ${text(shape)}, expected ${shape.length}`)
    if (repeats?.some((r) => typeof r === 'number' && r < 0)) throw new GraphError(`Tile: repeats ${text(repeats)} must not be negative`)
    return [{ dtype, shape: shape.map((d, i) => (repeats ? size([d, must(repeats, i)]) : ctx.free(i))) }]
  },
  grad: (ctx) => {
    const [x, repeats] = [must(ctx.inputs, 0), knownNumbers(must(ctx.inputs, 1))]
    if (!repeats) throw new GraphError('Tile: the gradient needs known repeats')
    return [reshapeLike(repeats.reduce(folded, must(ctx.grads, 0)), x), null]
  },
})

/** `g` summed over `count` repetitions along an axis, which goes last meanwhile: its size may be symbolic. */
function folded(g: Value, count: number, axis: number): Value {
  if (count === 1) return g
  const axes = [...g.shape.keys()]
  const order = [...axes.filter((a) => a !== axis), axis]
  const parts = reshape(transpose(g, order), [...axes.slice(1).map(() => 0), count, -1])
  return transpose(reduceSum(parts, [-2]), axes.map((a) => order.indexOf(a)))
}

/** One number of repetitions an axis. */
export function tile(x: Value, repeats: readonly number[]): Value {
  return repeats.every((r) => r === 1) && repeats.length === x.shape.length ? x : single(Tile, [x, x.graph.ints(repeats)])
}
