// Recurrent layers with the batch in columns: what belongs to a step is [features, B], so that weights stand on the left of every product.
// ONNX Runtime packs the right side of a product anew each time; weights there cost a third of a step's product at batch 32.
import type { Value } from '../../graph/graph.ts'
import type { GradContext } from '../../graph/op.ts'
import { isStatic } from '../../graph/types.ts'
import { add } from '../add.ts'
import { cast } from '../cast.ts'
import { concat } from '../concat.ts'
import { fullLike } from '../constant_of_shape.ts'
import { equal } from '../equal.ts'
import { gemm } from '../gemm.ts'
import { less } from '../less.ts'
import { mul } from '../mul.ts'
import { reduceSum } from '../reduce_sum.ts'
import { reshape } from '../reshape.ts'
import { reverseSequence } from '../reverse_sequence.ts'
import { slice } from '../slice.ts'
import { split } from '../split.ts'
import { squeeze } from '../squeeze.ts'
import { sub } from '../sub.ts'
import { transpose } from '../transpose.ts'
import { unsqueeze } from '../unsqueeze.ts'
import { direction, joined, stepsOf } from './bptt.ts'
import type { RecurrentAttributes } from './recurrent.ts'
import { must, typed } from './rule.ts'
import { known } from './window.ts'

type Context = GradContext<RecurrentAttributes>

/**
 * One direction of a layer. Steps are counted in the order in which they are computed. Every sequence starts at step 0: one that is
 * read from its end has been turned around. Behind its end a sequence runs on, on padding, and nothing of that is read.
 */
export interface Columns {
  readonly d: number
  readonly time: number
  /** Of each step [I, B]. */
  readonly x: readonly Value[]
  /** [G·H, I], [G·H, H]. */
  readonly w: Value
  readonly r: Value
  /** Of input and recurrence, [G·H, 1] each. */
  readonly bias: readonly [Value, Value] | null
  /** [1, B] of ones. */
  readonly ones: Value
  /** Turns [T, B, K] from the order of time to that of the steps, and back. */
  readonly turn: (v: Value) => Value
  /** [T, 1, B]: 1 inside of each sequence; 1 at its last step, which a sequence without steps has not. Null where all are of full length. */
  readonly inside: Value | null
  readonly last: Value | null
}

/** Floating-point operations of a step's products from which it pays to keep the gates: fewer are done again in less time than the nodes take that keep them. */
const LARGE = 2e6
/** Nodes of a step that keeps its gates, and most nodes of a graph with such steps: above, ONNX Runtime compiles for seconds. */
const [NODES, MOST] = [26, 4000]

/**
 * Whether the gates of the way there are kept for the way back instead of being computed again.
 * Measured at batch 32 on one core: 24 to 17 ms for 50 steps from 64 to 128 units, 9.2 to 7.8 ms from 64 to 64.
 */
export function keepsGates(ctx: Context, gates: number): boolean {
  const [time, batch, features] = must(ctx.inputs, 0).shape
  const { hidden_size: hidden, direction: way } = ctx.attrs
  if (typeof time !== 'number' || typeof batch !== 'number' || typeof features !== 'number') return false
  const steps = time * (way === 'bidirectional' ? 2 : 1)
  return 2 * batch * gates * hidden * (features + hidden) >= LARGE && ctx.graph.nodes.length + NODES * steps <= MOST
}

const at = (axis: number, from: number, to: number) => ({ starts: [from], ends: [to], axes: [axis] })

export function columnsOf(ctx: Context): Columns[] {
  const [x, lengths] = [must(ctx.inputs, 0), ctx.inputs[4] ?? null]
  const name = ctx.node.op.name
  const time = known(name, 'the number of time steps of a gradient', x.shape[0])
  const features = known(name, 'the number of features', x.shape[2])
  const { graph } = x
  const spans = lengths && endsOf(lengths, x, time)
  const wide = lengths && cast(lengths, 'int64')
  return Array.from({ length: ctx.attrs.direction === 'bidirectional' ? 2 : 1 }, (_, d) => {
    const reverse = ctx.attrs.direction === 'reverse' || d === 1
    const turn = reverse ? (v: Value) => (wide ? reverseSequence(v, wide) : backwards(v)) : (v: Value) => v
    const steps = split1(reshape(transpose(turn(x), [0, 2, 1]), [time * features, must(x.shape, 1)]), time, features)
    const b = ctx.inputs[3] && reshape(direction(ctx.inputs[3], d), [-1, 1])
    const half = b ? known(name, 'the size of the bias', b.shape[0]) / 2 : 0
    const [wb, rb] = b ? split(b, [half, half]) : []
    const row = slice(must(steps, 0), at(0, 0, 1))
    return {
      d,
      time,
      x: steps,
      w: squeeze(direction(must(ctx.inputs, 1), d), [0]),
      r: squeeze(direction(must(ctx.inputs, 2), d), [0]),
      bias: wb && rb ? [wb, rb] : null,
      ones: isStatic(row.shape) ? graph.constant(typed(x.dtype, new Array<number>(Number(row.shape[1])).fill(1)), x.dtype, row.shape) : fullLike(row, 1),
      turn,
      inside: spans && spans.inside,
      last: spans && spans.last,
    }
  })
}

const split1 = (v: Value, count: number, size: number): readonly Value[] => (count === 1 ? [v] : split(v, new Array<number>(count).fill(size), 0))

/** All steps, last first. */
const backwards = (v: Value): Value => joined(stepsOf(v).toReversed())

function endsOf(lengths: Value, x: Value, time: number): { readonly inside: Value; readonly last: Value } {
  const steps = x.graph.constant(typed('int32', [...Array(time).keys()]), 'int32', [time, 1, 1])
  const row = unsqueeze(lengths, [0])
  return { inside: cast(less(steps, row), x.dtype), last: cast(equal(add(steps, 1), row), x.dtype) }
}

/** [D, B, H] of one direction as a column [H, B]; `size` rows of zeros where there is none. */
export function stateColumn(run: Columns, state: Value | null, size: number): Value {
  if (state) return transpose(squeeze(direction(state, run.d), [0]), [1, 0])
  const { graph, dtype, shape } = run.ones
  const zeros = (rows: number, columns: number): Value => graph.constant(typed(dtype, new Array<number>(rows * columns).fill(0)), dtype, [rows, columns])
  return isStatic(shape) ? zeros(size, must(shape, 1)) : add(sub(run.ones, 1), zeros(size, 1))
}

/** The hidden states of all steps as the operator gives them, for one direction: [T, 1, B, H]. */
export function outputs(run: Columns, states: readonly Value[]): Value {
  const all = stacked(run, states)
  return unsqueeze(run.turn(transpose(run.inside ? mul(all, run.inside) : all, [0, 2, 1])), [1])
}

/** [T, H, B] */
function stacked(run: Columns, states: readonly Value[]): Value {
  const [h, b] = must(states, 0).shape
  return reshape(joined(states), [run.time, h ?? 0, b ?? 0])
}

/** The state after the last step of each sequence, [1, B, H]; zeros, as ONNX Runtime has it, for one without steps. */
export function lastState(run: Columns, states: readonly Value[]): Value {
  const column = run.last ? reduceSum(mul(stacked(run, states), run.last), [0]) : must(states, run.time - 1)
  return unsqueeze(transpose(column, [1, 0]), [0])
}

/** What comes to each step from outside, [H, B]: of its output, and at the last step of each sequence of the state after it. */
export function fromOutside(run: Columns, gy: Value | null, gState: Value | null): readonly (Value | null)[] {
  const own = gy && transpose(run.turn(squeeze(slice(gy, at(1, run.d, run.d + 1)), [1])), [0, 2, 1])
  const end = gState && transpose(direction(gState, run.d), [0, 2, 1])
  const { inside, last } = run
  if (inside && last) {
    const parts = [...(own ? [mul(own, inside)] : []), ...(end ? [mul(end, last)] : [])]
    const [a, b] = parts
    return a ? rows(run, b ? add(a, b) : a) : new Array<null>(run.time).fill(null)
  }
  const steps: (Value | null)[] = own ? [...rows(run, own)] : new Array<null>(run.time).fill(null)
  if (end) {
    const column = squeeze(end, [0])
    const there = steps[run.time - 1]
    steps[run.time - 1] = there ? add(there, column) : column
  }
  return steps
}

/** [T, H, B] cut into [H, B]. */
function rows(run: Columns, v: Value): readonly Value[] {
  const h = known('split', 'the features of a step', v.shape[1])
  return split1(reshape(v, [run.time * h, must(v.shape, 2)]), run.time, h)
}

/** Steps side by side: [K, T·B]. */
export const sideBySide = (steps: readonly Value[]): Value => (steps.length === 1 ? must(steps, 0) : concat(steps, 1))

/** The way back. */
export function stepsApart(run: Columns, v: Value): readonly Value[] {
  if (run.time === 1) return [v]
  const batch = must(run.ones.shape, 1)
  if (typeof batch === 'number') return split(v, new Array<number>(run.time).fill(batch), 1)
  const rowsFirst = transpose(reshape(v, [must(v.shape, 0), run.time, -1]), [1, 0, 2])
  return rows(run, rowsFirst)
}

/** The transpose of weights [M, K], once for all steps: as a plain Transpose ONNX Runtime would leave it to each product, which takes twice the time of one at batch 16. */
export function turned(weights: Value): Value {
  const [m, k] = [must(weights.shape, 0), must(weights.shape, 1)]
  return turnedFrom(weights) ?? reshape(transpose(reshape(weights, [1, m, k]), [0, 2, 1]), [k, m])
}

/** What `weights` are the transpose of, an axis of 1 in front or not. */
function turnedFrom(weights: Value): Value | null {
  let from = weights
  while (from.producer && ['Squeeze', 'Unsqueeze'].includes(from.producer.op.name)) from = must(from.producer.inputs, 0)
  const source = from.producer?.op.name === 'Transpose' && from.shape.length === 2 ? from.producer.inputs[0] : null
  return source && source.shape[0] === weights.shape[1] && source.shape[1] === weights.shape[0] ? source : null
}

/** What one direction gives to the gradients of the node's inputs; states in their order. */
export interface ColumnGradients {
  readonly x: Value
  /** Of W [G·H, I], R [G·H, H] and the biases [1, 2 · G · H]. */
  readonly w: Value
  readonly r: Value
  readonly b: Value | null
  /** [1, B, H] */
  readonly states: readonly (Value | null)[]
}

/** `dz`: gradient of W·x + b + R·h of each step, [G·H, B]; `seen`: x, 1 where there is a bias, and h one above the other. `before`: gradients of the states before step 0, [H, B]. */
export function columnGradient(run: Columns, dz: readonly Value[], seen: readonly Value[], before: readonly (Value | null)[]): ColumnGradients {
  const all = sideBySide(dz)
  const [features, hidden] = [known('split', 'the number of features', run.w.shape[1]), known('split', 'the size of a state', run.r.shape[1])]
  // Turned, as layers have their weights: cut in whole rows, and the transposes of both cancel.
  const weights = split(gemm(sideBySide(seen), all, null, { transB: true }), run.bias ? [features, 1, hidden] : [features, hidden], 0)
  const b = run.bias && must(weights, 1)
  return {
    x: ofInput(run, all),
    w: transpose(must(weights, 0), [1, 0]),
    r: transpose(must(weights, weights.length - 1), [1, 0]),
    b: b && concat([b, b], 1),
    states: before.map((g) => g && unsqueeze(transpose(g, [1, 0]), [0])),
  }
}

/**
 * Where the last of the gates has other gradients of W·x + Wb (`candidates`, [H, B]) than of R·h + Rb. `recurrent`: the latter of all gates, [G·H, B];
 * `before`: h before each step; `initial`: gradient of the first of these.
 */
export function gatedGradient(run: Columns, recurrent: readonly Value[], candidates: readonly Value[], before: readonly Value[], initial: Value): ColumnGradients {
  const dr = sideBySide(recurrent)
  const [features, hidden] = [known('split', 'the number of features', run.w.shape[1]), known('split', 'the size of a state', run.r.shape[1])]
  const wide = known('split', 'the rows of the weights', run.r.shape[0])
  const [gates] = split(dr, [wide - hidden, hidden], 0)
  const dz = concat([must([gates], 0), sideBySide(candidates)], 0)
  const ones = run.bias ? [sideBySide(new Array<Value>(run.time).fill(run.ones))] : []
  const over = (d: Value, a: Value, size: number): readonly Value[] => {
    const product = gemm(d, concat([a, ...ones], 0), null, { transB: true })
    return run.bias ? split(product, [size, 1], 1) : [product]
  }
  const [w, wb] = over(dz, sideBySide(run.x), features)
  const [r, rb] = over(dr, sideBySide(before), hidden)
  return { x: ofInput(run, dz), w: must([w], 0), r: must([r], 0), b: wb && rb ? reshape(concat([wb, rb], 0), [1, -1]) : null, states: [unsqueeze(transpose(initial, [1, 0]), [0])] }
}

/** Gradient of X [T, B, I] from that of W·x [G·H, T·B]. */
function ofInput(run: Columns, dz: Value): Value {
  const dx = gemm(run.w, dz, null, { transA: true })
  return run.turn(transpose(reshape(dx, [must(dx.shape, 0), run.time, -1]), [1, 2, 0]))
}

/** The gradients of all inputs of the node from those of its directions. */
export function columnGradients(ctx: Context, runs: readonly ColumnGradients[]): (Value | null)[] {
  const each = (part: (run: ColumnGradients) => Value | null): Value | null => {
    const values = runs.flatMap((r) => part(r) ?? [])
    return values.length === 0 ? null : values.length === 1 ? must(values, 0) : concat(values, 0)
  }
  const one = (v: Value): Value => unsqueeze(v, [0])
  return [
    ctx.needs(0) ? runs.map((r) => r.x).reduce((a, b) => add(a, b)) : null,
    ctx.needs(1) ? each((r) => one(r.w)) : null,
    ctx.needs(2) ? each((r) => one(r.r)) : null,
    ctx.needs(3) ? each((r) => r.b) : null,
    ...(ctx.inputs.length > 4 ? [null] : []),
    ...ctx.inputs.slice(5).map((_, i) => (ctx.needs(5 + i) ? each((r) => r.states[i] ?? null) : null)),
  ]
}

/** The outputs of the node from those of each direction. */
export const together = (runs: readonly (readonly Value[])[]): Value[] =>
  must(runs, 0).map((_, i) => (runs.length === 1 ? must(must(runs, 0), i) : concat(runs.map((outputs) => must(outputs, i)), i === 0 ? 1 : 0)))
