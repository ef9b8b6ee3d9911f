// L-BFGS: quasi-Newton steps from the last few changes of weights and gradient, for tiny models on the full batch.
import type { Value } from '../graph/graph.ts'
import { abs, add, div, greater, less, mul, neg, reduceSum, sub, where } from '../ops/build.ts'
import { withL2 } from './decay.ts'
import { scalar, state } from './inputs.ts'
import type { OptimizerDef } from './optimizer.ts'

/** Pairs of changes that are remembered. */
const MEMORY = 8
/** Least curvature s·y of a pair worth remembering. */
const LEAST_CURVATURE = 1e-10

const names = (prefix: string): string[] => Array.from({ length: MEMORY }, (_, i) => `${prefix}${i + 1}`)
const dot = (a: Value, b: Value): Value => reduceSum(mul(a, b))

interface Pair {
  readonly s: Value
  readonly y: Value
}

/**
 * Nocedal and Wright, "Numerical Optimization", 2nd ed. 2006, algorithms 7.4 and 7.5, with a fixed step as PyTorch's
 * LBFGS takes it without line search: lr, and min(1, 1 / ‖g‖₁)·lr at first. Where the direction does not descend, the
 * gradient's is taken. Pair 1 is the newest; pairs of zeros count nothing. Weight decay is L2.
 */
export const lbfgs: OptimizerDef = {
  title: 'L-BFGS',
  description: 'Second-order steps for tiny models: one batch of all samples, no dropout or augmentation, learning rate near 1',
  fullBatch: true,
  state: ['p_before', 'g_before', ...names('s'), ...names('y')],
  scalars: ['lr', 'first'],
  at: (t, lr) => [lr, t === 1 ? 1 : 0],
  update: (input) => {
    const { p, graph } = input
    const g = withL2(input)
    const first = greater(scalar(input, 'first'), graph.scalar(0.5))
    const pairs = remember(sub(p, state(input, 0)), sub(g, state(input, 1)), input.states.slice(2), first)
    const newton = neg(twoLoop(g, pairs))
    const direction = where(less(dot(g, newton), graph.scalar(0)), newton, neg(g))
    const size = reduceSum(abs(g))
    const shrink = where(greater(size, graph.scalar(1)), div(1, size), graph.scalar(1))
    const step = where(first, mul(scalar(input, 'lr'), shrink), scalar(input, 'lr'))
    return { p: add(p, mul(direction, step)), states: [p, g, ...pairs.map((pair) => pair.s), ...pairs.map((pair) => pair.y)] }
  },
}

/** The pairs with the newest in front, or as they were where it has no curvature or there is none yet. */
function remember(s: Value, y: Value, stored: readonly Value[], first: Value): Pair[] {
  const { graph } = s
  const take = where(first, graph.scalar(0), where(greater(dot(s, y), graph.scalar(LEAST_CURVATURE)), graph.scalar(1), graph.scalar(0)))
  const push = greater(take, graph.scalar(0.5))
  const shift = (newest: Value, old: readonly Value[]): Value[] => old.map((v, i) => where(push, i === 0 ? newest : (old[i - 1] ?? newest), v))
  const ys = shift(y, stored.slice(MEMORY))
  return shift(s, stored.slice(0, MEMORY)).map((v, i) => ({ s: v, y: ys[i] ?? y }))
}

/** H·g by algorithm 7.4. */
function twoLoop(g: Value, pairs: readonly Pair[]): Value {
  const { graph } = g
  const [zero, one] = [graph.scalar(0), graph.scalar(1)]
  const curvature = pairs.map(({ s, y }) => dot(s, y))
  const inverse = curvature.map((c) => where(greater(c, zero), div(1, where(greater(c, zero), c, one)), zero))
  const alphas: Value[] = []
  let q = g
  pairs.forEach(({ s, y }, i) => {
    const alpha = mul(dot(s, q), inverse[i] ?? zero)
    alphas.push(alpha)
    q = sub(q, mul(y, alpha))
  })
  const newest = pairs[0]
  const curved = curvature[0]
  let r = q
  if (newest && curved) {
    const yy = dot(newest.y, newest.y)
    r = mul(q, where(greater(curved, zero), div(curved, where(greater(yy, zero), yy, one)), one))
  }
  for (let i = pairs.length - 1; i >= 0; i--) {
    const pair = pairs[i]
    if (!pair) continue
    const beta = mul(dot(pair.y, r), inverse[i] ?? zero)
    r = add(r, mul(pair.s, sub(alphas[i] ?? zero, beta)))
  }
  return r
}
