// CTC: a label sequence from a longer sequence of outputs, without knowing which output belongs to which label.
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, and, cast, concat, equal, exp, gatherElements, greater, less, log, logSoftmax, max, mul, neg, not, reduceMax, reduceSum, reshape, slice, sub, squeeze, unsqueeze, where } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { defineLoss } from './loss.ts'
import { needTarget, overRows } from './rows.ts'

const options = z.strictObject({
  /** Class that stands for no label. */
  blank: z.int().min(0).default(0),
})

/** Log of 0: far below any log probability, and finite, so that no difference is NaN. */
const NEVER = -1e30

/**
 * Graves et al., "Connectionist temporal classification", ICML 2006, section 4.1: the forward variables in log space, one
 * slice of the graph a time step; its gradient is what the backward variables would give. T and the longest label
 * sequence L are static. A row whose labels do not fit in its time steps counts 0 and has no gradient (PyTorch's
 * `zero_infinity`).
 */
export const ctc = defineLoss({
  title: 'CTC',
  description: 'For label sequences in longer sequences, such as text in speech or handwriting',
  prediction: '[N, T, classes] logits; `lengths` says how many of the T time steps are real',
  target: 'int64 [N, L] labels, padded with −1',
  options,
  build: (input, { blank }) => {
    const { prediction, lengths } = input
    const target = needTarget('CTC', input)
    const [, T, C] = prediction.shape
    const [, L] = target.shape
    if (prediction.shape.length !== 3 || typeof T !== 'number' || typeof C !== 'number') throw new GraphError(`CTC: logits must be [N, T, classes] with known T and classes, they are [${prediction.shape.join(', ')}]`)
    if (target.dtype !== 'int64' || target.shape.length !== 2 || typeof L !== 'number') throw new GraphError(`CTC: labels must be int64 [N, L] with known L, they are ${target.dtype} [${target.shape.join(', ')}]`)
    if (blank >= C) throw new GraphError(`CTC: the blank is class ${blank}, but there are ${C} classes`)
    const states = 2 * L + 1
    const { path, isLabel } = extended(target, blank, L)
    const never = scalarOf(prediction.graph, prediction.dtype, NEVER)
    const emission = emissions(logSoftmax(prediction, 2), path, T, states)
    const skip = skips(path, isLabel, states, never)
    const count = reduceSum(cast(greater(target, scalarOf(target.graph, 'int64', -1)), prediction.dtype), [1], true)
    const at = (s: Value): Value => equal(position(prediction, states), s)
    const start = less(position(prediction, states), scalarOf(prediction.graph, prediction.dtype, 2))
    let alpha = where(start, stepOf(emission, 0), never)
    for (let t = 1; t < T; t++) {
      const next = add(logSum([alpha, shifted(alpha, 1, states), add(shifted(alpha, 2, states), skip)]), stepOf(emission, t))
      alpha = lengths ? where(unsqueeze(greater(lengths, scalarOf(lengths.graph, 'int64', t)), [1]), next, alpha) : next
    }
    // The path ends in the last label or in the blank after it.
    const last = mul(count, 2)
    const ends = logSum([where(at(last), alpha, never), where(at(sub(last, 1)), alpha, never)])
    const likelihood = squeeze(reduceMax(ends, [1], true), [1])
    const total = add(likelihood, log(reduceSum(exp(sub(ends, unsqueeze(likelihood, [1]))), [1])))
    const possible = greater(total, scalarOf(prediction.graph, prediction.dtype, NEVER / 2))
    return overRows(where(possible, neg(total), scalarOf(prediction.graph, prediction.dtype, 0)), input.weights)
  },
})

/** Labels with blanks around and between them, int64 [N, 2L + 1], and where the labels are, bool of the same shape; padding becomes blanks. */
function extended(target: Value, blank: number, L: number): { path: Value; isLabel: Value } {
  const { graph } = target
  const int = (v: number): Value => scalarOf(graph, 'int64', v)
  const real = greater(target, int(-1))
  const labels = unsqueeze(where(real, target, int(blank)), [2])
  const blanks = add(mul(labels, int(0)), int(blank))
  const pairs = reshape(concat([blanks, labels], 2), [0, 2 * L])
  const tail = slice(reshape(blanks, [0, L]), { starts: [0], ends: [1], axes: [1] })
  const path = concat([pairs, tail], 1)
  return { path, isLabel: not(equal(path, int(blank))) }
}

/** log p of each state's class at each time step, [N, T, S]. */
function emissions(logp: Value, path: Value, T: number, states: number): Value {
  const { graph } = path
  const zeros = graph.constant(new BigInt64Array(T), 'int64', [1, T, 1])
  const indices = add(unsqueeze(path, [1]), zeros)
  if (indices.shape[2] !== states) throw new GraphError(`CTC: ${states} states were expected`)
  return gatherElements(logp, indices, 2)
}

/** [1, S] of 0, 1, 2, … */
function position(like: Value, states: number): Value {
  return cast(like.graph.constant(BigInt64Array.from({ length: states }, (_, i) => BigInt(i)), 'int64', [1, states]), like.dtype)
}

/** 0 where the state two before may be skipped from (both labels, and different), NEVER elsewhere: [N, S]. */
function skips(path: Value, isLabel: Value, states: number, never: Value): Value {
  const zero = scalarOf(path.graph, never.dtype, 0)
  if (states < 3) return where(isLabel, zero, never)
  const later = slice(path, { starts: [2], ends: [states], axes: [1] })
  const earlier = slice(path, { starts: [0], ends: [states - 2], axes: [1] })
  const allowed = where(and(not(equal(later, earlier)), slice(isLabel, { starts: [2], ends: [states], axes: [1] })), zero, never)
  const first = where(slice(isLabel, { starts: [0], ends: [2], axes: [1] }), never, never)
  return concat([first, allowed], 1)
}

/** Each state's value becomes that of the state `by` before it; the first ones NEVER. */
function shifted(alpha: Value, by: number, states: number): Value {
  if (states <= by) return add(mul(alpha, 0), NEVER)
  const kept = slice(alpha, { starts: [0], ends: [states - by], axes: [1] })
  const first = add(mul(slice(alpha, { starts: [0], ends: [by], axes: [1] }), 0), NEVER)
  return concat([first, kept], 1)
}

/** log Σ exp, element by element; the largest is subtracted first. */
function logSum(terms: readonly Value[]): Value {
  const top = terms.reduce((a, b) => max(a, b))
  return add(top, log(terms.map((v) => exp(sub(v, top))).reduce((a, b) => add(a, b))))
}

/** Time step `t` of [N, T, S]: [N, S]. */
function stepOf(x: Value, t: number): Value {
  return squeeze(slice(x, { starts: [t], ends: [t + 1], axes: [1] }), [1])
}
