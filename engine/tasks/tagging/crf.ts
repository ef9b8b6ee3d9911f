// Linear-chain conditional random field as graph nodes: its likelihood, its best path, and how sure it is of each step.
// Lafferty, McCallum and Pereira, "Conditional random fields", ICML 2001; for tagging: Lample et al., 2016, https://arxiv.org/abs/1603.01360.
import { detach } from '../../autodiff/detach.ts'
import type { Graph, Value } from '../../graph/graph.ts'
import { add, argMax, cast, concat, equal, exp, gatherElements, greater, log, matmul, max, mul, reduceMax, reduceSum, slice, squeeze, sub, unsqueeze, where } from '../../ops/build.ts'

export interface Crf {
  /** float [N, T, K]: how well each step fits each tag. */
  readonly emissions: Value
  /** float [K, K]: from tag i to tag j; `start` and `end` [K]. */
  readonly transitions: Value
  readonly start: Value
  readonly end: Value
  /** float [N, T]: padding at the end; the first step of every row is real. */
  readonly mask: Value
}

const step = (x: Value, t: number): Value => squeeze(slice(x, { starts: [t], ends: [t + 1], axes: [1] }), [1])
const stepsOf = ({ emissions }: Crf): number => Number(emissions.shape[1])

/** log Σ exp over all paths, [N]. The forward algorithm; each step is one product of matrices, its largest score taken out first. */
export function logPartition(crf: Crf): Value {
  const moves = exp(crf.transitions)
  let alpha = add(step(crf.emissions, 0), crf.start)
  for (let t = 1; t < stepsOf(crf); t++) {
    const top = detach(reduceMax(alpha, [1], true))
    const next = add(add(log(max(matmul(exp(sub(alpha, top)), moves), alpha.graph.scalar(1e-30))), top), step(crf.emissions, t))
    alpha = blend(crf, t, next, alpha)
  }
  const last = add(alpha, crf.end)
  const top = detach(reduceMax(last, [1], true))
  return add(log(reduceSum(exp(sub(last, top)), [1], false)), squeeze(top, [1]))
}

/** `next` where step t is real, `before` where it is padding. */
function blend({ mask }: Crf, t: number, next: Value, before: Value): Value {
  return add(before, mul(slice(mask, { starts: [t], ends: [t + 1], axes: [1] }), sub(next, before)))
}

/** Score of the path `tags` int64 [N, T], as [N]. */
export function pathScore(crf: Crf, tags: Value): Value {
  const { emissions, mask, transitions } = crf
  const [T, K] = [stepsOf(crf), Number(emissions.shape[2])]
  const hot = mul(oneHot(tags, K), unsqueeze(mask, [2]))
  const fits = reduceSum(mul(emissions, hot), [1, 2], false)
  const begins = reduceSum(mul(step(hot, 0), crf.start), [1], false)
  // The last real step is the one whose next is padding.
  const after = T > 1 ? concat([slice(mask, { starts: [1], ends: [T], axes: [1] }), mul(slice(mask, { starts: [0], ends: [1], axes: [1] }), 0)], 1) : mul(mask, 0)
  const ends = reduceSum(mul(reduceSum(mul(hot, unsqueeze(sub(mask, after), [2])), [1], false), crf.end), [1], false)
  if (T === 1) return add(add(fits, begins), ends)
  const from = slice(hot, { starts: [0], ends: [T - 1], axes: [1] })
  const to = slice(hot, { starts: [1], ends: [T], axes: [1] })
  return add(add(fits, add(begins, ends)), reduceSum(mul(matmul(from, transitions), to), [1, 2], false))
}

/** The best path, int64 [N, T], 0 on padding. Viterbi, 1967. */
export function bestPath(crf: Crf): Value {
  const { graph } = crf.emissions
  const [T, K] = [stepsOf(crf), Number(crf.emissions.shape[2])]
  const stay = graph.constant(BigInt64Array.from({ length: K }, (_, k) => BigInt(k)), 'int64', [1, K])
  let delta = add(step(crf.emissions, 0), crf.start)
  const back: Value[] = []
  for (let t = 1; t < T; t++) {
    const reached = add(unsqueeze(delta, [2]), crf.transitions)
    const real = greater(slice(crf.mask, { starts: [t], ends: [t + 1], axes: [1] }), graph.scalar(0.5))
    back[t] = where(real, argMax(reached, 1, false), stay)
    delta = blend(crf, t, add(reduceMax(reached, [1], false), step(crf.emissions, t)), delta)
  }
  let tag = argMax(add(delta, crf.end), 1, true)
  const path = [tag]
  for (let t = T - 1; t > 0; t--) path.unshift((tag = gatherElements(back[t] ?? tag, tag, 1)))
  return where(greater(crf.mask, graph.scalar(0.5)), concat(path, 1), zero(graph))
}

/** float [N, T, K]: 1 at each tag. */
export function oneHot(tags: Value, K: number): Value {
  const all = tags.graph.constant(BigInt64Array.from({ length: K }, (_, k) => BigInt(k)), 'int64', [1, 1, K])
  return cast(equal(unsqueeze(tags, [2]), all), 'float32')
}

export const zero = (graph: Graph): Value => graph.constant(BigInt64Array.of(0n), 'int64', [])
