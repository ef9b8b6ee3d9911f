// CTC: a label sequence from a longer sequence of outputs, without knowing which output belongs to which label.
import { z } from 'zod'
import { detach } from '../autodiff/detach.ts'
import { GraphError } from '../graph/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { add, and, cast, concat, equal, exp, gather, gatherElements, greater, less, logSoftmax, mul, neg, not, reduceLogSumExp, reduceSum, reshape, slice, split, sub, unsqueeze, where } from '../ops/build.ts'
import { scalarOf } from '../ops/support/rule.ts'
import { defineLoss, type LossInput } from './loss.ts'
import { needTarget, overRows } from './rows.ts'

const options = z.strictObject({
  /** Class that stands for no label. */
  blank: z.int().min(0).default(0),
})

/** Log of 0: far below any log probability, and finite, so that no difference is NaN. */
const NEVER = -1e30

/**
 * Graves et al., "Connectionist temporal classification", ICML 2006, section 4.1: forward and backward variables in log
 * space, and their gradient (equation 15): d loss / d log p of a state at a time is minus the probability that the path is
 * there. It is put in by hand, because differentiating the recursion costs several times as much; there is no second
 * derivative. T and the longest label sequence L are static. A row whose labels do not fit in its time steps counts 0 and
 * has no gradient (PyTorch's `zero_infinity`).
 */
export const ctc = defineLoss({
  title: 'CTC',
  description: 'For label sequences in longer sequences, such as text in speech or handwriting',
  prediction: '[N, T, classes] logits; `lengths` says how many of the T time steps are real',
  target: 'int64 [N, L] labels, padded with −1',
  options,
  build: (input, { blank }) => {
    const { prediction } = input
    const { T, L } = sizes(input, blank)
    const target = needTarget('CTC', input)
    const { graph, dtype } = prediction
    const states = 2 * L + 1
    const scalar = (v: number): Value => scalarOf(graph, dtype, v)
    const path = extended(target, blank, L)
    const emission = gatherElements(logSoftmax(prediction, 2), add(unsqueeze(path, [1]), zeros(graph, [1, T, 1])), 2)
    const ends = endings(target, states, prediction)
    const real = input.lengths ? less(range(graph, T, 0), unsqueeze(input.lengths, [1])) : null
    const { alphas, betas } = recursions({ emission, ends, skip: skips(path, blank, states, prediction), real, T, states })
    const last = alphas.at(-1)
    if (!last) throw new GraphError('CTC: there must be at least one time step')
    const total = reduceLogSumExp(add(last, ends), [1, 2], true)
    const possible = greater(total, scalar(NEVER / 2))
    const there = exp(sub(add(concat(alphas, 1), concat(betas, 1)), total))
    const counted = real ? and(possible, unsqueeze(real, [2])) : possible
    const carrier = neg(reduceSum(mul(emission, detach(where(counted, there, scalar(0)))), [1, 2]))
    const value = detach(where(reshape(possible, [-1]), neg(reshape(total, [-1])), scalar(0)))
    // The value of the first, the gradient of the second.
    return overRows(add(value, sub(carrier, detach(carrier))), input.weights)
  },
})

function sizes(input: LossInput, blank: number): { T: number; L: number } {
  const { prediction } = input
  const target = needTarget('CTC', input)
  const [, T, C] = prediction.shape
  const [, L] = target.shape
  if (prediction.shape.length !== 3 || typeof T !== 'number' || typeof C !== 'number') throw new GraphError(`CTC: logits must be [N, T, classes] with known T and classes, they are [${prediction.shape.join(', ')}]`)
  if (target.dtype !== 'int64' || target.shape.length !== 2 || typeof L !== 'number' || L < 1) throw new GraphError(`CTC: labels must be int64 [N, L] with known L, they are ${target.dtype} [${target.shape.join(', ')}]`)
  if (blank >= C) throw new GraphError(`CTC: the blank is class ${blank}, but there are ${C} classes`)
  return { T, L }
}

interface Recursion {
  /** log p of each state's class at each time step, [N, T, S]. */
  readonly emission: Value
  /** 0 at the states a path may end in, NEVER elsewhere: [N, 1, S]. */
  readonly ends: Value
  /** 0 where a state may be entered from two before, NEVER elsewhere: [N, 1, S]. */
  readonly skip: Value
  /** bool [N, T]; null for all true. */
  readonly real: Value | null
  readonly T: number
  readonly states: number
}

/** Forward and backward variables of each time step, each [N, 1, S]: one lookup, one log-sum-exp and an addition a step. */
function recursions({ emission, ends, skip, real, T, states }: Recursion): { alphas: Value[]; betas: Value[] } {
  const { graph, dtype } = emission
  const at = split(emission, new Array<number>(T).fill(1), 1)
  const active = real && split(unsqueeze(real, [2]), new Array<number>(T).fill(1), 1)
  const never = scalarOf(graph, dtype, NEVER)
  const wall = add(mul(slice(ends, { starts: [0], ends: [1], axes: [2] }), 0), NEVER)
  const free = unsqueeze(mul(skip, 0), [3])
  const into = concat([free, free, unsqueeze(skip, [3])], 3)
  const ahead = slice(concat([skip, wall, wall], 2), { starts: [2], ends: [states + 2], axes: [2] })
  const outOf = concat([free, free, unsqueeze(ahead, [3])], 3)
  const from = table(graph, states, (s, by) => Math.max(0, s + 1 - by))
  const to = table(graph, states, (s, by) => Math.min(states, s + by))
  const step = (values: readonly Value[], index: Value, moves: Value): Value => reduceLogSumExp(add(gather(concat(values, 2), index, 2), moves), [3])
  const need = (list: readonly Value[], t: number): Value => list[t] ?? never

  let alpha = where(less(range(graph, states, 1), scalarOf(graph, 'int64', 2)), need(at, 0), never)
  const alphas = [alpha]
  for (let t = 1; t < T; t++) {
    const next = add(step([wall, alpha], from, into), need(at, t))
    alpha = active ? where(need(active, t), next, alpha) : next
    alphas.push(alpha)
  }
  let beta = ends
  const betas = [beta]
  for (let t = T - 1; t > 0; t--) {
    const before = step([add(beta, need(at, t)), wall], to, outOf)
    beta = active ? where(need(active, t), before, ends) : before
    betas.unshift(beta)
  }
  return { alphas, betas }
}

/** int64 [S, 3]: where the values of a state and of its two neighbours are looked up. */
function table(graph: Graph, states: number, index: (state: number, by: number) => number): Value {
  return graph.constant(BigInt64Array.from({ length: 3 * states }, (_, i) => BigInt(index(Math.floor(i / 3), i % 3))), 'int64', [states, 3])
}

/** Labels with blanks around and between them, int64 [N, 2L + 1]; padding becomes blanks. */
function extended(target: Value, blank: number, L: number): Value {
  const int = (v: number): Value => scalarOf(target.graph, 'int64', v)
  const labels = unsqueeze(where(greater(target, int(-1)), target, int(blank)), [2])
  const blanks = add(mul(labels, int(0)), int(blank))
  const tail = slice(reshape(blanks, [0, L]), { starts: [0], ends: [1], axes: [1] })
  return concat([reshape(concat([blanks, labels], 2), [0, 2 * L]), tail], 1)
}

/** A path ends in the last label or in the blank after it. */
function endings(target: Value, states: number, like: Value): Value {
  const { graph } = target
  const int = (v: number): Value => scalarOf(graph, 'int64', v)
  const count = reduceSum(cast(greater(target, int(-1)), 'int64'), [1], true)
  const distance = sub(mul(unsqueeze(count, [1]), int(2)), range(graph, states, 1))
  const inside = and(greater(distance, int(-1)), less(distance, int(2)))
  return where(inside, scalarOf(graph, like.dtype, 0), scalarOf(graph, like.dtype, NEVER))
}

/** States that may be entered from two before: labels that differ from the label before. */
function skips(path: Value, blank: number, states: number, like: Value): Value {
  const { graph } = path
  const int = (v: number): Value => scalarOf(graph, 'int64', v)
  const earlier = concat([slice(path, { starts: [0], ends: [2], axes: [1] }), slice(path, { starts: [0], ends: [states - 2], axes: [1] })], 1)
  const allowed = and(not(equal(path, int(blank))), not(equal(path, earlier)))
  return unsqueeze(where(allowed, scalarOf(graph, like.dtype, 0), scalarOf(graph, like.dtype, NEVER)), [1])
}

/** 0, 1, 2, … as int64 [1, n], or [1, 1, n] for `before` 1. */
function range(graph: Graph, n: number, before: 0 | 1): Value {
  return graph.constant(BigInt64Array.from({ length: n }, (_, i) => BigInt(i)), 'int64', before === 1 ? [1, 1, n] : [1, n])
}

function zeros(graph: Graph, shape: readonly number[]): Value {
  return graph.constant(new BigInt64Array(shape.reduce((a, b) => a * b, 1)), 'int64', shape)
}
