// NegativeLogLikelihoodLoss: minus the log probability of each label, weighted by class; ignored labels count for nothing.
// https://onnx.ai/onnx/operators/onnx__NegativeLogLikelihoodLoss.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import { reduceSum } from './reduce_sum.ts'
import { must, single } from './support/rule.ts'
import { butChannel } from './support/normalize.ts'
import { lossAttributes, lossInputs, lossType, placeGrad, weigh, type LossAttributes } from './support/targets.ts'

export const NegativeLogLikelihoodLoss = defineOp<LossAttributes>({
  name: 'NegativeLogLikelihoodLoss',
  domain: '',
  since: 13,
  inputs: lossInputs('input', 'target'),
  outputs: [1, 1],
  attributes: lossAttributes,
  infer: ({ op, inputs, attrs }) => [lossType(op, inputs, attrs.reduction)],
  grad: (ctx) => {
    const { ignore_index, reduction } = ctx.attrs
    const x = must(ctx.inputs, 0)
    const { hit, weighted, total } = weigh(x, must(ctx.inputs, 1), ctx.inputs[2] ?? null, ignore_index)
    const g = neg(placeGrad(must(ctx.grads, 0), reduction, total))
    const score = reduction === 'mean' ? add(x, must(ctx.outputs, 0)) : x
    return [ctx.needs(0) ? mul(weighted, g) : null, null, ctx.needs(2) ? reduceSum(mul(mul(hit, score), g), butChannel(x.shape.length)) : null]
  },
})

export interface ClassLossOptions {
  /** [C] */
  readonly weight?: Value | null
  readonly ignoreIndex?: number
  /** `mean` (the default) divides by the sum of the weights of the labels that count. */
  readonly reduction?: 'none' | 'sum' | 'mean'
}

/** logProbabilities [N, C, …], labels [N, …] of int64 or int32. */
export function negativeLogLikelihoodLoss(logProbabilities: Value, labels: Value, { weight = null, ignoreIndex, reduction = 'mean' }: ClassLossOptions = {}): Value {
  return single(NegativeLogLikelihoodLoss, [logProbabilities, labels, weight], { ignore_index: ignoreIndex, reduction })
}
