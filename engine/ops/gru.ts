// GRU: gated recurrent unit over a sequence, in one or both directions. Gate order of the weights: update, reset, hidden.
// https://onnx.ai/onnx/operators/onnx__GRU.html (opset 14); Cho et al. 2014, https://arxiv.org/abs/1406.1078
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { concat } from './concat.ts'
import { matmul } from './matmul.ts'
import { mul } from './mul.ts'
import { sigmoid } from './sigmoid.ts'
import { split } from './split.ts'
import { sub } from './sub.ts'
import { checkDifferentiable, direction, inputGradients, joined, overSteps, project, runGradients, runsOf, stepsOf, walkBack, type Run, type RunGradients } from './support/bptt.ts'
import { recurrentAttributes, recurrentFloats, recurrentInputs, recurrentTypes, type RecurrentOptions } from './support/recurrent.ts'
import { must } from './support/rule.ts'
import { tanh } from './tanh.ts'

const attributes = z.strictObject({ ...recurrentAttributes, linear_before_reset: z.literal([0, 1]).default(0) })

export const GRU = defineOp<z.infer<typeof attributes>>({
  name: 'GRU',
  domain: '',
  since: 14,
  inputs: recurrentInputs,
  outputs: [0, 2],
  attributes,
  floats: recurrentFloats,
  infer: ({ op, inputs, attrs }) => recurrentTypes(op, inputs, attrs, 3),
  grad: (ctx) => {
    checkDifferentiable('GRU', ctx.attrs, ['Sigmoid', 'Tanh'])
    const [gy = null, gh = null] = ctx.grads
    const back = ctx.attrs.linear_before_reset === 1 ? resetAfter : resetBefore
    return inputGradients(ctx, runsOf(ctx).map((run) => back(run, ctx.attrs.hidden_size, gy, [gh && direction(gh, run.d)])))
  },
})

const slope = (s: Value): Value => sub(s, mul(s, s))

/** n = tanh(X·Wnᵀ + Wbn + r · (H·Rnᵀ + Rbn)): all that multiplies dh is known beforehand. */
function resetAfter(run: Run, hidden: number, gy: Value | null, last: readonly (Value | null)[]): RunGradients {
  const [a, xn] = split(project(run.x, run.w, run.bias?.[0] ?? null), [2 * hidden, hidden], 2) as [Value, Value]
  const [b, q] = split(project(run.previous, run.r, run.bias?.[1] ?? null), [2 * hidden, hidden], 2) as [Value, Value]
  const [update, reset] = split(sigmoid(add(a, b)), [hidden, hidden], 2) as [Value, Value]
  const n = tanh(add(xn, mul(reset, q)))
  const kn = mul(sub(1, update), sub(1, mul(n, n)))
  const gates = concat([mul(sub(run.previous, n), slope(update)), mul(kn, mul(q, slope(reset)))], 2)
  const [keep, k] = [stepsOf(update), stepsOf(concat([gates, mul(kn, reset)], 2))]
  const [dr, dh]: [Value[], Value[]] = [[], []]
  const states = walkBack(run, gy, last, (t, given) => {
    const g = must(given, 0)
    dh[t] = g
    const step = mul(concat([g, g, g], 2), must(k, t))
    dr[t] = step
    return [add(mul(g, must(keep, t)), matmul(step, run.r))]
  })
  const all = joined(dh)
  const recurrent = joined(dr)
  const [dGates] = split(recurrent, [2 * hidden, hidden], 2)
  return runGradients(run, concat([must([dGates], 0), mul(all, kn)], 2), states, recurrent)
}

/** n = tanh(X·Wnᵀ + Wbn + (r · H)·Rnᵀ + Rbn): the reset gate's gradient comes through Rn, a product more a step. */
function resetBefore(run: Run, hidden: number, gy: Value | null, last: readonly (Value | null)[]): RunGradients {
  const [a, xn] = split(project(run.x, run.w, run.bias && add(...run.bias)), [2 * hidden, hidden], 2) as [Value, Value]
  const [rGates, rn] = split(run.r, [2 * hidden, hidden], 0) as [Value, Value]
  const s = sigmoid(add(a, project(run.previous, rGates, null)))
  const [update, reset] = split(s, [hidden, hidden], 2) as [Value, Value]
  const gated = mul(reset, run.previous)
  const n = tanh(add(xn, project(gated, rn, null)))
  const kz = stepsOf(mul(sub(run.previous, n), slope(update)))
  const kn = stepsOf(mul(sub(1, update), sub(1, mul(n, n))))
  const kr = stepsOf(mul(run.previous, slope(reset)))
  const [keep, open] = [stepsOf(update), stepsOf(reset)]
  const [dGates, dn]: [Value[], Value[]] = [[], []]
  const states = walkBack(run, gy, last, (t, given) => {
    const g = must(given, 0)
    const candidate = mul(g, must(kn, t))
    const through = matmul(candidate, rn)
    const gates = concat([mul(g, must(kz, t)), mul(through, must(kr, t))], 2)
    dn[t] = candidate
    dGates[t] = gates
    return [add(add(mul(g, must(keep, t)), mul(through, must(open, t))), matmul(gates, rGates))]
  })
  const [gates, candidates] = [joined(dGates), joined(dn)]
  const dr = concat([overSteps(gates, run.previous), overSteps(candidates, gated)], 0)
  const dz = concat([gates, candidates], 2)
  return runGradients(run, dz, states, dz, dr)
}

export interface GruOptions extends RecurrentOptions {
  /** The reset gate after the recurrent product, as PyTorch and cuDNN have it; false is the paper's. */
  readonly linearBeforeReset?: boolean
}

/** x [T, B, I], w [D, 3H, I], r [D, 3H, H] to y [T, D, B, H] and the last state [D, B, H]. The gradient needs T as a number. */
export function gru(x: Value, w: Value, r: Value, { direction: way = 'forward', bias = null, lengths = null, initialHidden = null, linearBeforeReset = false }: GruOptions = {}): { readonly y: Value; readonly hidden: Value } {
  const out = apply(GRU, [x, w, r, bias, lengths, initialHidden], { hidden_size: r.shape[2] ?? 0, direction: way, linear_before_reset: linearBeforeReset ? 1 : 0 })
  return { y: must(out, 0), hidden: must(out, 1) }
}
