// Both gradient rules of LSTM: one keeps the gates of an unrolled way there, one computes them again from the operator's hidden states.
import type { Value } from '../../graph/graph.ts'
import type { GradContext } from '../../graph/op.ts'
import { add } from '../add.ts'
import { concat } from '../concat.ts'
import { fullLike } from '../constant_of_shape.ts'
import { gemm } from '../gemm.ts'
import { matmul } from '../matmul.ts'
import { mul } from '../mul.ts'
import { reshape } from '../reshape.ts'
import { sigmoid } from '../sigmoid.ts'
import { split } from '../split.ts'
import { sub } from '../sub.ts'
import { tanh } from '../tanh.ts'
import { where } from '../where.ts'
import { computedAgain } from './again.ts'
import { direction, inputGradients, joined, project, runGradients, runsOf, stepsOf, walkBack, type Run, type RunGradients } from './bptt.ts'
import { columnGradient, columnGradients, columnsOf, fromOutside, lastState, outputs, stateColumn, together, turned, type ColumnGradients, type Columns } from './columns.ts'
import type { RecurrentAttributes } from './recurrent.ts'
import { must } from './rule.ts'

type Context = GradContext<RecurrentAttributes>

/** The fastest where products are large: none of them is done twice. Takes the operator's place, some 25 nodes a step. */
export function lstmKeepingGates(ctx: Context): (Value | null)[] {
  const runs = columnsOf(ctx).map((run) => ({ run, kept: forward(run, ctx.attrs.hidden_size, ctx.inputs[5] ?? null, ctx.inputs[6] ?? null) }))
  computedAgain(ctx, together(runs.map(({ run, kept }) => [outputs(run, kept.h), lastState(run, kept.h), lastState(run, kept.cell)])))
  return columnGradients(ctx, runs.map(({ run, kept }) => backward(ctx, run, kept)))
}

/** What the way back needs of the way there; of each step [H, B], except `seen` [I + 1 + H, B] and `gates` [3H, B]. `before` is the cell before the step. */
interface Kept {
  /** Input, 1 and hidden state before, one above the other. */
  readonly seen: readonly Value[]
  /** i, o and f, one above the other. */
  readonly gates: readonly Value[]
  readonly i: readonly Value[]
  readonly o: readonly Value[]
  readonly f: readonly Value[]
  readonly g: readonly Value[]
  readonly before: readonly Value[]
  readonly cell: readonly Value[]
  readonly tc: readonly Value[]
  readonly h: readonly Value[]
}

/** All three weights of a step in one product: [W, Wb + Rb, R] · [x; 1; h]. */
function forward(run: Columns, hidden: number, initialHidden: Value | null, initialCell: Value | null): Kept {
  const weights = concat([run.w, ...(run.bias ? [add(...run.bias)] : []), run.r], 1)
  // A product with its activation is one operator of ONNX Runtime.
  const [open, candidate] = split(weights, [3 * hidden, hidden], 0) as [Value, Value]
  const kept = { seen: [] as Value[], gates: [] as Value[], i: [] as Value[], o: [] as Value[], f: [] as Value[], g: [] as Value[], before: [] as Value[], cell: [] as Value[], tc: [] as Value[], h: [] as Value[] }
  let [h, cell] = [stateColumn(run, initialHidden, hidden), stateColumn(run, initialCell, hidden)]
  for (const [t, x] of run.x.entries()) {
    const seen = concat([x, ...(run.bias ? [run.ones] : []), h], 0)
    const gates = sigmoid(gemm(open, seen))
    const [i, o, f] = split(gates, [hidden, hidden, hidden], 0) as [Value, Value, Value]
    const g = tanh(gemm(candidate, seen))
    const before = cell
    cell = add(mul(f, cell), mul(i, g))
    const tc = tanh(cell)
    h = mul(o, tc)
    Object.entries({ seen, gates, i, o, f, g, before, cell, tc, h }).forEach(([name, v]) => { kept[name as keyof typeof kept][t] = v })
  }
  return kept
}

/** With a = dh·o·tc: dc += dh·o - a·tc; with p = dc·i·g and q = dc·f·c before: dz = [p - p·i, a - a·o, q - q·f, dc·i - p·g]. */
function backward(ctx: Context, run: Columns, k: Kept): ColumnGradients {
  const [gy = null, gh = null, gc = null] = ctx.grads
  const [toHidden, toCell] = [fromOutside(run, gy, gh), fromOutside(run, null, gc)]
  const rt = turned(run.r)
  const dz: Value[] = []
  const last = run.time - 1
  const zero = toHidden[last] && toCell[last] ? null : sub(must(k.h, last), must(k.h, last))
  let [dh, dc] = [must([toHidden[last] ?? zero], 0), toCell[last] ?? null]
  for (let t = last; t >= 0; t--) {
    const [gates, i, o, f, g, tc] = [must(k.gates, t), must(k.i, t), must(k.o, t), must(k.f, t), must(k.g, t), must(k.tc, t)]
    const shown = mul(dh, o)
    const a = mul(shown, tc)
    const through = sub(shown, mul(a, tc))
    const all: Value = dc ? add(dc, through) : through
    const [written, left] = [mul(all, i), mul(all, f)]
    const p = mul(written, g)
    const stack = concat([p, a, mul(left, must(k.before, t))], 0)
    const step: Value = concat([sub(stack, mul(stack, gates)), sub(written, mul(p, g))], 0)
    dz[t] = step
    dh = gemm(rt, step, toHidden[t - 1] ?? null)
    const given = toCell[t - 1]
    dc = given ? add(given, left) : left
  }
  return columnGradient(run, dz, k.seen, [dh, dc])
}

/** Ten nodes a step, and the operator stays. */
export function lstmGatesAgain(ctx: Context): (Value | null)[] {
  const [gy = null, gh = null, gc = null] = ctx.grads
  return inputGradients(ctx, runsOf(ctx).map((run) => {
    const cell = ctx.inputs[6] ? direction(ctx.inputs[6], run.d) : null
    return backwardAgain(run, ctx.attrs.hidden_size, cell, gy, [gh && direction(gh, run.d), gc && direction(gc, run.d)])
  }))
}

/** All gates are computed again at once from the known hidden states; only the cell is followed step by step. */
function backwardAgain(run: Run, hidden: number, cell: Value | null, gy: Value | null, last: readonly (Value | null)[]): RunGradients {
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
