// SoftmaxCrossEntropyLoss: negative log likelihood of the labels under the softmax over axis 1; also gives the log probabilities.
// https://onnx.ai/onnx/operators/onnx__SoftmaxCrossEntropyLoss.html (opset 13)
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { exp } from './exp.ts'
import { mul } from './mul.ts'
import { neg } from './neg.ts'
import type { ClassLossOptions } from './negative_log_likelihood_loss.ts'
import { reduceSum } from './reduce_sum.ts'
import { sub } from './sub.ts'
import { butChannel } from './support/normalize.ts'
import { first, must } from './support/rule.ts'
import { lossAttributes, lossInputs, lossType, placeGrad, weigh, type LossAttributes } from './support/targets.ts'

export const SoftmaxCrossEntropyLoss = defineOp<LossAttributes>({
  name: 'SoftmaxCrossEntropyLoss',
  domain: '',
  since: 13,
  inputs: lossInputs('scores', 'labels'),
  outputs: [1, 2],
  attributes: lossAttributes,
  infer: (ctx) => [lossType(ctx.op, ctx.inputs, ctx.attrs.reduction), first(ctx)],
  grad: (ctx) => {
    const { ignore_index, reduction } = ctx.attrs
    const [x, logp] = [must(ctx.inputs, 0), must(ctx.outputs, 1)]
    const [loss = null, direct = null] = ctx.grads
    const p = exp(logp)
    const parts: Value[] = []
    let weight: Value | null = null
    if (loss) {
      const { hit, weighted, total, classes } = weigh(x, must(ctx.inputs, 1), ctx.inputs[2] ?? null, ignore_index)
      const g = placeGrad(loss, reduction, total)
      const places = classes !== null || ignore_index !== undefined ? reduceSum(weighted, [1], true) : null
      if (ctx.needs(0)) parts.push(mul(sub(places ? mul(p, places) : p, weighted), g))
      const score = reduction === 'mean' ? add(logp, must(ctx.outputs, 0)) : logp
      if (ctx.needs(2)) weight = reduceSum(mul(mul(hit, score), neg(g)), butChannel(x.shape.length))
    }
    if (direct && ctx.needs(0)) parts.push(sub(direct, mul(p, reduceSum(direct, [1], true))))
    return [parts.length > 0 ? parts.reduce((a, b) => add(a, b)) : null, null, weight]
  },
})

/** logits [N, C, …], labels [N, …] of int64 or int32. */
export function softmaxCrossEntropyLoss(logits: Value, labels: Value, { weight = null, ignoreIndex, reduction = 'mean' }: ClassLossOptions = {}): { readonly loss: Value; readonly logProbabilities: Value } {
  const out = apply(SoftmaxCrossEntropyLoss, [logits, labels, weight], { ignore_index: ignoreIndex, reduction })
  return { loss: must(out, 0), logProbabilities: must(out, 1) }
}
