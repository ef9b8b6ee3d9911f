// Back-propagation through time for RNN, GRU and LSTM: one direction cut out of a layer, and the walk back through its steps.
// Werbos, "Backpropagation through time", 1990, https://doi.org/10.1109/5.58337
import { GraphError } from '../../graph/errors.ts'
import type { Value } from '../../graph/graph.ts'
import type { GradContext } from '../../graph/op.ts'
import { add } from '../add.ts'
import { cast } from '../cast.ts'
import { concat } from '../concat.ts'
import { fullLike } from '../constant_of_shape.ts'
import { gemm } from '../gemm.ts'
import { less } from '../less.ts'
import { matmul } from '../matmul.ts'
import { mul } from '../mul.ts'
import { reduceSum } from '../reduce_sum.ts'
import { reshape } from '../reshape.ts'
import { slice } from '../slice.ts'
import { split } from '../split.ts'
import { squeeze } from '../squeeze.ts'
import { sub } from '../sub.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { where } from '../where.ts'
import type { RecurrentAttributes } from './recurrent.ts'
import { must, typed } from './rule.ts'
import { text } from './shape.ts'
import { known } from './window.ts'

/** One direction of a layer. Values of a step are [1, B, …], those of all steps [T, B, …] in order of time. */
export interface Run {
  readonly d: number
  /** Indices of time in the order in which they are computed. */
  readonly order: readonly number[]
  readonly x: Value
  readonly w: Value
  readonly r: Value
  /** Biases of input and recurrence, [gates · H] each. */
  readonly bias: readonly [Value, Value] | null
  readonly initial: Value
  /** The hidden state that each step started from. */
  readonly previous: Value
  readonly y: Value
  /** Whether each step lies inside its sequence, [T, B, 1] of bool; null where all do. */
  readonly valid: Value | null
}

type Context = GradContext<RecurrentAttributes>

/** Refuses what the gradient rules do not cover, by name. */
export function checkDifferentiable(op: string, attrs: RecurrentAttributes, activations: readonly string[]): void {
  if (attrs.clip !== undefined) throw new GraphError(`${op}: no gradient with a clip`)
  const wanted = attrs.direction === 'bidirectional' ? [...activations, ...activations] : activations
  if (attrs.activations && text(attrs.activations) !== text(wanted)) throw new GraphError(`${op}: no gradient with activations ${text(attrs.activations)}, only with ${text(wanted)}`)
}

export function runsOf(ctx: Context): Run[] {
  const x = must(ctx.inputs, 0)
  const lengths = ctx.inputs[4] ?? null
  const time = known(ctx.node.op.name, 'the number of time steps of a gradient', x.shape[0])
  const valid = lengths && less(x.graph.constant(typed('int32', [...Array(time).keys()]), 'int32', [time, 1, 1]), unsqueeze(lengths, [0, 2]))
  const count = ctx.attrs.direction === 'bidirectional' ? 2 : 1
  return Array.from({ length: count }, (_, d) => {
    const reverse = ctx.attrs.direction === 'reverse' || d === 1
    const order = [...Array(time).keys()]
    const y = squeeze(slice(must(ctx.outputs, 0), { starts: [d], ends: [d + 1], axes: [1] }), [1])
    const initial = ctx.inputs[5] ? direction(ctx.inputs[5], d) : fullLike(direction(must(ctx.outputs, 1), d), 0)
    const b = ctx.inputs[3] && squeeze(direction(ctx.inputs[3], d), [0])
    const half = b ? known(ctx.node.op.name, 'the size of the bias', b.shape[0]) / 2 : 0
    const [wb, rb] = b ? split(b, [half, half]) : []
    return {
      d,
      order: reverse ? order.reverse() : order,
      x,
      w: squeeze(direction(must(ctx.inputs, 1), d), [0]),
      r: squeeze(direction(must(ctx.inputs, 2), d), [0]),
      bias: wb && rb ? [wb, rb] : null,
      initial,
      previous: previousStates(y, initial, time, reverse, valid),
      y,
      valid,
    }
  })
}

/** `v` [D, …] cut to [1, …]. */
export const direction = (v: Value, d: number): Value => (v.shape[0] === 1 ? v : slice(v, { starts: [d], ends: [d + 1], axes: [0] }))

function previousStates(y: Value, initial: Value, time: number, reverse: boolean, valid: Value | null): Value {
  if (time === 1) return initial
  if (!reverse) return concat([initial, slice(y, { starts: [0], ends: [time - 1], axes: [0] })], 0)
  const cut = { starts: [1], ends: [time], axes: [0] }
  const later = slice(y, cut)
  // A reversed sequence starts at its own last step, wherever that is.
  return concat([valid ? where(slice(valid, cut), later, initial) : later, initial], 0)
}

/** a [T, B, K] · weightsᵀ (+ bias), as one product over all steps. */
export function project(a: Value, weights: Value, bias: Value | null): Value {
  const flat = gemm(reshape(a, [-1, must(a.shape, 2)]), weights, bias, { transB: true })
  return reshape(flat, [must(a.shape, 0), must(a.shape, 1), must(weights.shape, 0)])
}

/** All steps [T, B, K] as T values of [1, B, K]. */
export function stepsOf(v: Value): readonly Value[] {
  const time = known('split', 'the number of time steps', v.shape[0])
  return time === 1 ? [v] : split(v, new Array<number>(time).fill(1), 0)
}

/** Values of each step, in order of time, as one. */
export const joined = (steps: readonly Value[]): Value => (steps.length === 1 ? must(steps, 0) : concat(steps, 0))

/**
 * Goes through the steps of a direction from the last to the first. `back` takes the gradients of the states after step t
 * (hidden first) and returns those of the states before it, linearly: where a sequence is over, states pass unchanged.
 * Returns the gradients of the initial states.
 */
export function walkBack(run: Run, gy: Value | null, last: readonly (Value | null)[], back: (t: number, states: readonly Value[]) => readonly Value[]): readonly Value[] {
  const zero = last.some((v) => v === null) ? fullLike(run.initial, 0) : null
  // The last state of a sequence without steps is zero, not its initial one.
  const any = run.valid && cast(slice(run.valid, { starts: [0], ends: [1], axes: [0] }), run.x.dtype)
  let states = last.map((v) => (v && any ? mul(v, any) : (v ?? zero ?? run.initial)))
  const outside = gy && stepsOf(squeeze(slice(gy, { starts: [run.d], ends: [run.d + 1], axes: [1] }), [1]))
  const masks = run.valid && stepsOf(cast(run.valid, run.x.dtype))
  for (const t of [...run.order].reverse()) {
    const g = outside && must(outside, t)
    const mask = masks && must(masks, t)
    const inside = states.map((v, i) => {
      const sum = i === 0 && g ? (v === zero ? g : add(v, g)) : v
      return mask ? mul(sum, mask) : sum
    })
    const before = back(t, inside)
    states = mask ? before.map((v, i) => add(v, sub(must(states, i), mul(must(states, i), mask)))) : [...before]
  }
  return states
}

/** What one direction gives to the gradients of the node's inputs. */
export interface RunGradients {
  readonly x: Value
  readonly w: Value
  readonly r: Value
  readonly b: Value
  readonly states: readonly Value[]
}

const flat = (v: Value): Value => reshape(v, [-1, must(v.shape, 2)])

/** dZᵀ · a over all steps. */
export const overSteps = (dz: Value, a: Value): Value => gemm(flat(dz), flat(a), null, { transA: true })

/** From the gradients `dz` [T, B, G·H] of X·Wᵀ + Wb and `dr` of H·Rᵀ + Rb; `r` is that of R where it is no plain product. */
export function runGradients(run: Run, dz: Value, states: readonly Value[], dr: Value = dz, r: Value = overSteps(dr, run.previous)): RunGradients {
  const [sum, other] = [reduceSum(dz, [0, 1]), dr === dz ? null : reduceSum(dr, [0, 1])]
  return { x: matmul(dz, run.w), w: overSteps(dz, run.x), r, b: concat([sum, other ?? sum], 0), states }
}

/** The gradients of all inputs of the node from those of its directions. */
export function inputGradients(ctx: Context, runs: readonly RunGradients[]): (Value | null)[] {
  const stacked = (part: (run: RunGradients) => Value): Value => (runs.length === 1 ? unsqueeze(part(must(runs, 0)), [0]) : concat(runs.map((r) => unsqueeze(part(r), [0])), 0))
  const state = (i: number): Value => (runs.length === 1 ? must(must(runs, 0).states, i) : concat(runs.map((r) => must(r.states, i)), 0))
  const grads = [
    ctx.needs(0) ? runs.map((r) => r.x).reduce((a, b) => add(a, b)) : null,
    ctx.needs(1) ? stacked((r) => r.w) : null,
    ctx.needs(2) ? stacked((r) => r.r) : null,
    ctx.needs(3) ? stacked((r) => r.b) : null,
    null,
    ctx.needs(5) ? state(0) : null,
  ]
  if (ctx.inputs.length > 6) grads.push(ctx.needs(6) ? state(1) : null)
  return grads
}
