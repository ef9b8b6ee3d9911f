// Minimising a smooth function by L-BFGS with a line search by the strong Wolfe conditions.

/** Value at `x`; writes the gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number

export interface LbfgsOptions {
  readonly iterations?: number
  /** Largest entry of the gradient at which to stop. */
  readonly tolerance?: number
  readonly signal?: AbortSignal
}

const MEMORY = 10
const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}
const largest = (a: Float64Array): number => a.reduce((most, v) => Math.max(most, Math.abs(v)), 0)

/** Nocedal and Wright, "Numerical optimization", 2nd edition, 2006, algorithms 7.4 and 7.5; starts from `x` and gives the best point. */
export function minimise(objective: Objective, start: Float64Array, { iterations = 200, tolerance = 1e-5, signal }: LbfgsOptions = {}): Float64Array {
  let x: Float64Array = start.slice()
  let gradient: Float64Array = new Float64Array(x.length)
  let value = objective(x, gradient)
  const pairs: { s: Float64Array; y: Float64Array; rho: number }[] = []
  for (let i = 0; i < iterations && largest(gradient) > tolerance; i++) {
    signal?.throwIfAborted()
    const direction = twoLoops(gradient, pairs)
    const slope = dot(direction, gradient)
    if (!(slope < 0)) break
    const found = lineSearch(objective, x, value, direction, slope, i === 0 ? Math.min(1, 1 / largest(gradient)) : 1)
    if (!found) break
    const s = found.x.map((v, j) => v - (x[j] ?? 0))
    const y = found.gradient.map((v, j) => v - (gradient[j] ?? 0))
    const curvature = dot(s, y)
    if (curvature > 1e-12) pairs.push({ s, y, rho: 1 / curvature })
    if (pairs.length > MEMORY) pairs.shift()
    ;({ x, gradient, value } = found)
  }
  return x
}

function twoLoops(gradient: Float64Array, pairs: readonly { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const q = gradient.slice()
  const alphas: number[] = []
  for (const { s, y, rho } of pairs.toReversed()) {
    const alpha = rho * dot(s, q)
    alphas.push(alpha)
    for (let j = 0; j < q.length; j++) q[j] = (q[j] ?? 0) - alpha * (y[j] ?? 0)
  }
  const last = pairs.at(-1)
  const scale = last ? 1 / (last.rho * dot(last.y, last.y)) : 1
  for (let j = 0; j < q.length; j++) q[j] = (q[j] ?? 0) * scale
  for (const { s, y, rho } of pairs) {
    const beta = rho * dot(y, q)
    const alpha = alphas.pop() ?? 0
    for (let j = 0; j < q.length; j++) q[j] = (q[j] ?? 0) + (alpha - beta) * (s[j] ?? 0)
  }
  return q.map((v) => -v)
}

interface Point {
  readonly x: Float64Array
  readonly gradient: Float64Array
  readonly value: number
}

/** Bisection between a step that is too long and one that is too short; null where no step makes the value smaller. */
function lineSearch(objective: Objective, x: Float64Array, value: number, direction: Float64Array, slope: number, first: number): Point | null {
  let low = 0
  let high = Infinity
  let step = first
  let best: Point | null = null
  for (let i = 0; i < 40; i++) {
    const to = x.map((v, j) => v + step * (direction[j] ?? 0))
    const gradient = new Float64Array(x.length)
    const found = objective(to, gradient)
    if (!(found <= value + 1e-4 * step * slope)) high = step
    else {
      best = { x: to, gradient, value: found }
      const now = dot(direction, gradient)
      if (Math.abs(now) <= 0.9 * -slope) return best
      if (now > 0) high = step
      else low = step
    }
    step = high === Infinity ? 2 * step : (low + high) / 2
  }
  return best
}
