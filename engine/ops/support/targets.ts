// What the losses over class indices share: their schema, and the weight that each class of each place has in the loss.
import { z } from 'zod'
import { GraphError } from '../../graph/errors.ts'
import type { Value } from '../../graph/graph.ts'
import type { InputSpec } from '../../graph/op.ts'
import type { Shape, ValueType } from '../../graph/types.ts'
import { and } from '../and.ts'
import { cast } from '../cast.ts'
import { div } from '../div.ts'
import { equal } from '../equal.ts'
import { mul } from '../mul.ts'
import { not } from '../not.ts'
import { reduceSum } from '../reduce_sum.ts'
import { reshape } from '../reshape.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { FLOATS, must, scalarOf, typed } from './rule.ts'
import { rankAtLeast, text } from './shape.ts'
import { known } from './window.ts'

export const lossAttributes = z.strictObject({ ignore_index: z.int().optional(), reduction: z.enum(['none', 'sum', 'mean']).default('mean') })
export type LossAttributes = z.infer<typeof lossAttributes>

export const lossInputs = (scores: string, labels: string): InputSpec[] => [
  { name: scores, dtypes: FLOATS, type: 'T' },
  { name: labels, dtypes: ['int64', 'int32'] },
  { name: scores === 'input' ? 'weight' : 'weights', dtypes: FLOATS, type: 'T', optional: true },
]

/** Checks scores [N, C, …], labels [N, …] and weights [C]; returns the type of the loss. */
export function lossType(op: string, inputs: readonly (ValueType | null)[], reduction: LossAttributes['reduction']): ValueType {
  const x = rankAtLeast(op, 'the input', inputs[0], 2)
  const labels = must(inputs, 1).shape
  const places: Shape = [must(x, 0), ...x.slice(2)]
  if (text(labels) !== text(places)) throw new GraphError(`${op}: labels ${text(labels)}, expected ${text(places)} for scores ${text(x)}`)
  const weight = inputs[2]
  if (weight && text(weight.shape) !== text([must(x, 1)])) throw new GraphError(`${op}: weights ${text(weight.shape)}, expected ${text([must(x, 1)])}`)
  return { dtype: must(inputs, 0).dtype, shape: reduction === 'none' ? places : [] }
}

export interface Weights {
  /** [N, C, …]: 1 at the label's class, 0 elsewhere and at ignored places. */
  readonly hit: Value
  /** The same times the class weight. */
  readonly weighted: Value
  /** Sum of `weighted`: what the mean divides by. */
  readonly total: Value
  /** [1, C, 1, …], or null where all classes weigh 1. */
  readonly classes: Value | null
}

export function weigh(x: Value, labels: Value, weight: Value | null, ignore: number | undefined): Weights {
  const c = known('the loss', 'the number of classes', x.shape[1])
  const wide = [1, c, ...x.shape.slice(2).map(() => 1)]
  const at = unsqueeze(labels, [1])
  const same = equal(at, x.graph.constant(typed(labels.dtype, Array.from({ length: c }, (_, i) => i)), labels.dtype, wide))
  const counted = ignore === undefined ? same : and(same, not(equal(at, scalarOf(x.graph, labels.dtype, ignore))))
  const hit = cast(counted, x.dtype)
  const classes = weight && reshape(weight, wide)
  const weighted = classes ? mul(hit, classes) : hit
  return { hit, weighted, total: reduceSum(weighted), classes }
}

/** The gradient that reaches each place [N, 1, …] (or one for all) from that of the loss. */
export function placeGrad(g: Value, reduction: LossAttributes['reduction'], total: Value): Value {
  return reduction === 'none' ? unsqueeze(g, [1]) : reduction === 'mean' ? div(g, total) : g
}
