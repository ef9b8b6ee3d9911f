// Gradient rules of GRU: with the reset gate after the product one keeps the gates of an unrolled way there and one computes them again; with the gate before it only the latter.
import type { Value } from '../../graph/graph.ts'
import type { GradContext } from '../../graph/op.ts'
import { add } from '../add.ts'
import { concat } from '../concat.ts'
import { gemm } from '../gemm.ts'
import { matmul } from '../matmul.ts'
import { mul } from '../mul.ts'
import { sigmoid } from '../sigmoid.ts'
import { split } from '../split.ts'
import { sub } from '../sub.ts'
import { tanh } from '../tanh.ts'
import { computedAgain } from './again.ts'
import { direction, inputGradients, joined, overSteps, project, runGradients, runsOf, stepsOf, walkBack, type Run, type RunGradients } from './bptt.ts'
import { columnGradients, columnsOf, fromOutside, gatedGradient, lastState, outputs, sideBySide, stateColumn, stepsApart, together, turned, type ColumnGradients, type Columns } from './columns.ts'
import type { RecurrentAttributes } from './recurrent.ts'
import { must } from './rule.ts'

type Context = GradContext<RecurrentAttributes & { readonly linear_before_reset: 0 | 1 }>

/** The fastest where products are large: none of them is done twice. Takes the operator's place. Only with the reset gate after the product. */
export function gruKeepingGates(ctx: Context): (Value | null)[] {
  const [gy = null, gh = null] = ctx.grads
  const runs = columnsOf(ctx).map((run) => ({ run, kept: forward(run, ctx.attrs.hidden_size, ctx.inputs[5] ?? null) }))
  computedAgain(ctx, together(runs.map(({ run, kept }) => [outputs(run, kept.h), lastState(run, kept.h)])))
  return columnGradients(ctx, runs.map(({ run, kept }) => backward(run, kept, fromOutside(run, gy, gh))))
}

/** What the way back needs of the way there; of each step [H, B]. */
interface Kept {
  /** The hidden state before. */
  readonly before: readonly Value[]
  readonly update: readonly Value[]
  readonly reset: readonly Value[]
  /** r · (Rn·h + Rbn) */
  readonly opened: readonly Value[]
  readonly n: readonly Value[]
  /** z · (h - n) */
  readonly kept: readonly Value[]
  readonly h: readonly Value[]
}

/** n = tanh(Wn·x + Wbn + r · (Rn·h + Rbn)), h' = n + z·(h - n). */
function forward(run: Columns, hidden: number, initial: Value | null): Kept {
  const cut = (v: Value): readonly [Value, Value] => split(v, [2 * hidden, hidden], 0) as [Value, Value]
  const [[wGates, wn], [rGates, rn]] = [cut(run.w), cut(run.r)]
  const biases = run.bias && ([cut(run.bias[0]), cut(run.bias[1])] as const)
  const gates = concat([wGates, ...(biases ? [add(biases[0][0], biases[1][0])] : []), rGates], 1)
  const fromInput = stepsApart(run, gemm(wn, sideBySide(run.x), biases && biases[0][1]))
  const all = { before: [] as Value[], update: [] as Value[], reset: [] as Value[], opened: [] as Value[], n: [] as Value[], kept: [] as Value[], h: [] as Value[] }
  let h = stateColumn(run, initial, hidden)
  for (const [t, x] of run.x.entries()) {
    const before = h
    const [update, reset] = split(sigmoid(gemm(gates, concat([x, ...(biases ? [run.ones] : []), h], 0))), [hidden, hidden], 0) as [Value, Value]
    const opened = mul(reset, gemm(rn, h, biases && biases[1][1]))
    const n = tanh(add(must(fromInput, t), opened))
    const kept = mul(update, sub(h, n))
    h = add(n, kept)
    Object.entries({ before, update, reset, opened, n, kept, h }).forEach(([name, v]) => { all[name as keyof typeof all][t] = v })
  }
  return all
}

/** With q = z·(h - n) and p = r·(Rn·h + Rbn): dn = (1 - z)·dh·(1 - n²), dz = [dh·(q - q·z), dn·(p - p·r), dn] of the input, with dn·r of the recurrence. */
function backward(run: Columns, k: Kept, outside: readonly (Value | null)[]): ColumnGradients {
  const rt = turned(run.r)
  const [recurrent, candidates]: [Value[], Value[]] = [[], []]
  let dh: Value = outside[run.time - 1] ?? sub(must(k.h, run.time - 1), must(k.h, run.time - 1))
  for (let t = run.time - 1; t >= 0; t--) {
    const [z, r, p, n, q] = [must(k.update, t), must(k.reset, t), must(k.opened, t), must(k.n, t), must(k.kept, t)]
    const stays = mul(dh, z)
    const moved = sub(dh, stays)
    const dn = sub(moved, mul(moved, mul(n, n)))
    const step = concat([mul(dh, sub(q, mul(q, z))), mul(dn, sub(p, mul(p, r))), mul(dn, r)], 0)
    recurrent[t] = step
    candidates[t] = dn
    const given = outside[t - 1]
    dh = gemm(rt, step, given ? add(given, stays) : stays)
  }
  return gatedGradient(run, recurrent, candidates, k.before, dh)
}

/** The operator stays. */
export function gruGatesAgain(ctx: Context): (Value | null)[] {
  const [gy = null, gh = null] = ctx.grads
  const back = ctx.attrs.linear_before_reset === 1 ? resetAfter : resetBefore
  return inputGradients(ctx, runsOf(ctx).map((run) => back(run, ctx.attrs.hidden_size, gy, [gh && direction(gh, run.d)])))
}

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
