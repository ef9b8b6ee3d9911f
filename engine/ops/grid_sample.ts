// GridSample: the input read at places given by a grid, between elements by interpolation.
// https://onnx.ai/onnx/operators/onnx__GridSample.html (opset 20); Jaderberg et al. 2015, https://arxiv.org/abs/1506.02025
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { defineOp, type GradContext } from '../graph/op.ts'
import { add } from './add.ts'
import { and } from './and.ts'
import { cast } from './cast.ts'
import { clip } from './clip.ts'
import { concat } from './concat.ts'
import { expandTo } from './expand.ts'
import { floor } from './floor.ts'
import { fullLike } from './constant_of_shape.ts'
import { gatherElements } from './gather_elements.ts'
import { greaterOrEqual } from './greater_or_equal.ts'
import { lessOrEqual } from './less_or_equal.ts'
import { mul } from './mul.ts'
import { reduceSum } from './reduce_sum.ts'
import { reshape, reshapeLike } from './reshape.ts'
import { round } from './round.ts'
import { scatterElements } from './scatter_elements.ts'
import { slice } from './slice.ts'
import { sub } from './sub.ts'
import { must, single, type Operand } from './support/rule.ts'
import { rankAtLeast, text } from './support/shape.ts'
import { known } from './support/window.ts'

const attributes = z.strictObject({
  mode: z.enum(['linear', 'nearest', 'cubic']).default('linear'),
  padding_mode: z.enum(['zeros', 'border', 'reflection']).default('zeros'),
  align_corners: z.literal([0, 1]).default(0),
})
type GridSampleAttributes = z.infer<typeof attributes>

export const GridSample = defineOp<GridSampleAttributes>({
  name: 'GridSample',
  domain: '',
  since: 20,
  inputs: [
    { name: 'X', dtypes: ['float32', 'float64'], type: 'T' },
    { name: 'grid', dtypes: ['float32', 'float64'], type: 'T' },
  ],
  outputs: [1, 1],
  attributes,
  infer: ({ op, inputs }) => {
    const x = rankAtLeast(op, 'X', inputs[0], 3)
    const grid = must(inputs, 1).shape
    if (grid.length !== x.length || grid.at(-1) !== x.length - 2 || grid[0] !== x[0]) throw new GraphError(`GridSample: a grid ${text(grid)} for X ${text(x)}, expected [${x[0] ?? '?'}, …, ${x.length - 2}]`)
    return [{ dtype: must(inputs, 0).dtype, shape: [must(x, 0), must(x, 1), ...grid.slice(1, -1)] }]
  },
  grad: (ctx) => {
    const { mode, padding_mode } = ctx.attrs
    if (mode === 'cubic' || padding_mode === 'reflection') throw new GraphError(`GridSample: no gradient with mode '${mode}' and padding '${padding_mode}'`)
    if (must(ctx.inputs, 0).shape.length !== 4) throw new GraphError('GridSample: a gradient over two spatial axes only')
    return backward(ctx)
  },
})

/** One coordinate of all places: an element's index along the axis, its weight, and the weight's slope by the coordinate. */
interface Tap {
  readonly index: Value
  readonly weight: Value
  readonly slope: Value | null
}

function backward(ctx: GradContext<GridSampleAttributes>): (Value | null)[] {
  const [x, grid] = [must(ctx.inputs, 0), must(ctx.inputs, 1)]
  const [n, c] = [must(x.shape, 0), must(x.shape, 1)]
  const [height, width] = [known('GridSample', 'the height', x.shape[2]), known('GridSample', 'the width', x.shape[3])]
  const flat = reshape(x, [n, c, height * width])
  const g = reshape(must(ctx.grads, 0), [n, c, -1])
  const places = reshape(grid, [n, -1, 2])
  const along = (i: number): Value => reshape(slice(places, { starts: [i], ends: [i + 1], axes: [2] }), [n, 1, -1])
  const [columns, rows] = [taps(along(0), width, ctx.attrs), taps(along(1), height, ctx.attrs)]
  const zeros = fullLike(flat, 0)
  let sum = zeros
  const slopes: (Value | null)[] = [null, null]
  for (const row of rows)
    for (const column of columns) {
      const index = expandTo(cast(add(mul(row.index, width), column.index), 'int64'), g)
      if (ctx.needs(0)) sum = add(sum, scatterElements(zeros, index, mul(g, mul(row.weight, column.weight)), { axis: 2, reduction: 'add' }))
      if (!ctx.needs(1)) continue
      const reached = reduceSum(mul(g, gatherElements(flat, index, 2)), [1], true)
      for (const [i, weight] of [column.slope && mul(column.slope, row.weight), row.slope && mul(row.slope, column.weight)].entries()) {
        const term = weight && mul(reached, weight)
        const known = slopes[i]
        slopes[i] = known && term ? add(known, term) : (known ?? term)
      }
    }
  const [dx, dy] = slopes
  return [ctx.needs(0) ? reshapeLike(sum, x) : null, ctx.needs(1) ? gridGrad(grid, dx ?? null, dy ?? null) : null]
}

function gridGrad(grid: Value, dx: Value | null, dy: Value | null): Value {
  if (!dx || !dy) return fullLike(grid, 0)
  const column = (v: Value): Value => reshape(v, [...grid.shape.slice(0, -1), 1])
  return concat([column(dx), column(dy)], 3)
}

/** From -1..1 to elements of an axis of `size`, and which elements each place reads. */
function taps(v: Value, size: number, { mode, padding_mode, align_corners }: GridSampleAttributes): Tap[] {
  const scale = align_corners === 1 ? (size - 1) / 2 : size / 2
  const raw = add(mul(v, scale), (size - 1) / 2)
  const border = padding_mode === 'border'
  const at = border ? clip(raw, 0, size - 1) : raw
  const inside = (i: Value): Value => cast(and(greaterOrEqual(i, 0), lessOrEqual(i, size - 1)), v.dtype)
  const limited = (i: Value): Value => clip(i, 0, size - 1)
  if (mode === 'nearest') {
    const index = round(at)
    return [{ index: limited(index), weight: inside(index), slope: null }]
  }
  const low = floor(at)
  const high = add(low, 1)
  const part = sub(at, low)
  // Beyond the border the clipped coordinate does not move.
  const moves: Operand = border ? mul(inside(raw), scale) : scale
  return [
    { index: limited(low), weight: mul(sub(1, part), inside(low)), slope: mul(mul(inside(low), moves), -1) },
    { index: limited(high), weight: mul(part, inside(high)), slope: mul(inside(high), moves) },
  ]
}

export interface GridSampleOptions {
  readonly mode?: 'linear' | 'nearest' | 'cubic'
  readonly padding?: 'zeros' | 'border' | 'reflection'
  /** -1 and 1 are the centres of the outermost elements, not their edges. */
  readonly alignCorners?: boolean
}

/** x [N, C, H, W], grid [N, h, w, 2] of (x, y) from -1 to 1, to [N, C, h, w]. */
export function gridSample(x: Value, grid: Value, { mode = 'linear', padding = 'zeros', alignCorners = false }: GridSampleOptions = {}): Value {
  return single(GridSample, [x, grid], { mode, padding_mode: padding, align_corners: alignCorners ? 1 : 0 })
}
