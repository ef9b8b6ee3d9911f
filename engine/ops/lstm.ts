// LSTM: long short-term memory over a sequence, in one or both directions. Gate order of the weights: input, output, forget, cell.
// https://onnx.ai/onnx/operators/onnx__LSTM.html (opset 14); Hochreiter and Schmidhuber 1997, https://doi.org/10.1162/neco.1997.9.8.1735
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { apply, defineOp } from '../graph/op.ts'
import { add } from './add.ts'
import { concat } from './concat.ts'
import { fullLike } from './constant_of_shape.ts'
import { matmul } from './matmul.ts'
import { mul } from './mul.ts'
import { reshape } from './reshape.ts'
import { sigmoid } from './sigmoid.ts'
import { split } from './split.ts'
import { sub } from './sub.ts'
import { checkDifferentiable, direction, inputGradients, joined, project, runGradients, runsOf, stepsOf, walkBack, type Run, type RunGradients } from './support/bptt.ts'
import { recurrentAttributes, recurrentFloats, recurrentInputs, recurrentTypes, type RecurrentOptions } from './support/recurrent.ts'
import { must } from './support/rule.ts'
import { tanh } from './tanh.ts'
import { where } from './where.ts'

const attributes = z.strictObject({ ...recurrentAttributes, input_forget: z.literal([0, 1]).default(0) })

export const LSTM = defineOp<z.infer<typeof attributes>>({
  name: 'LSTM',
  domain: '',
  since: 14,
  inputs: [...recurrentInputs, { name: 'initial_c', dtypes: ['float32', 'float16'], type: 'T', optional: true }, { name: 'P', dtypes: ['float32', 'float16'], type: 'T', optional: true }],
  outputs: [0, 3],
  attributes,
  floats: recurrentFloats,
  infer: ({ op, inputs, attrs }) => {
    const [y, state] = recurrentTypes(op, inputs, attrs, 4)
    return [y, state, state]
  },
  grad: (ctx) => {
    checkDifferentiable('LSTM', ctx.attrs, ['Sigmoid', 'Tanh', 'Tanh'])
    if (ctx.inputs[7]) throw new GraphError('LSTM: no gradient with peepholes (input P)')
    if (ctx.attrs.input_forget === 1) throw new GraphError('LSTM: no gradient with coupled gates (input_forget)')
    const [gy = null, gh = null, gc = null] = ctx.grads
    return inputGradients(ctx, runsOf(ctx).map((run) => {
      const cell = ctx.inputs[6] ? direction(ctx.inputs[6], run.d) : null
      return backward(run, ctx.attrs.hidden_size, cell, gy, [gh && direction(gh, run.d), gc && direction(gc, run.d)])
    }))
  },
})

/** All gates are computed again at once from the known hidden states; only the cell is followed step by step. */
function backward(run: Run, hidden: number, cell: Value | null, gy: Value | null, last: readonly (Value | null)[]): RunGradients {
  const inputs = project(run.x, run.w, run.bias && add(...run.bias))
  const z = project(run.previous, run.r, reshape(inputs, [-1, 4 * hidden]))
  const [gates, candidate] = split(z, [3 * hidden, hidden], 2)
  const s = sigmoid(must([gates], 0))
  const [i, o, f] = split(s, [hidden, hidden, hidden], 2) as [Value, Value, Value]
  const g = tanh(must([candidate], 0))
  const forget = stepsOf(f)
  const [cells, before] = follow(run, forget, stepsOf(mul(i, g)), cell)
  const tc = tanh(joined(cells))
  // dz = [dc, dh, dc, dc] · K and dc += dh · A, with A and K known for all steps beforehand.
  const a = stepsOf(mul(o, sub(1, mul(tc, tc))))
  const slope = sub(s, mul(s, s))
  const k = stepsOf(concat([mul(slope, concat([g, tc, joined(before)], 2)), mul(i, sub(1, mul(g, g)))], 2))
  const dz: Value[] = []
  const states = walkBack(run, gy, last, (t, [dh, after]) => {
    const dc = add(must([after], 0), mul(must([dh], 0), must(a, t)))
    const step = mul(concat([dc, must([dh], 0), dc, dc], 2), must(k, t))
    dz[t] = step
    return [matmul(step, run.r), mul(dc, must(forget, t))]
  })
  return runGradients(run, joined(dz), states)
}

/** Cell states after and before each step, in order of time. */
function follow(run: Run, forget: readonly Value[], written: readonly Value[], initial: Value | null): [after: Value[], before: Value[]] {
  const valid = run.valid && stepsOf(run.valid)
  const [after, before]: [Value[], Value[]] = [[], []]
  let cell = initial ?? fullLike(run.initial, 0)
  for (const t of run.order) {
    before[t] = cell
    const next = add(mul(cell, must(forget, t)), must(written, t))
    cell = valid ? where(must(valid, t), next, cell) : next
    after[t] = cell
  }
  return [after, before]
}

export interface LstmOptions extends RecurrentOptions {
  /** [D, B, H], zeros where left out. */
  readonly initialCell?: Value | null
}

export interface LstmOutputs {
  /** [T, D, B, H] */
  readonly y: Value
  /** [D, B, H]: the state after the last step of each sequence. */
  readonly hidden: Value
  readonly cell: Value
}

/** x [T, B, I], w [D, 4H, I], r [D, 4H, H]. The gradient needs T as a number. */
export function lstm(x: Value, w: Value, r: Value, { direction: way = 'forward', bias = null, lengths = null, initialHidden = null, initialCell = null }: LstmOptions = {}): LstmOutputs {
  const out = apply(LSTM, [x, w, r, bias, lengths, initialHidden, initialCell], { hidden_size: r.shape[2] ?? 0, direction: way })
  return { y: must(out, 0), hidden: must(out, 1), cell: must(out, 2) }
}
