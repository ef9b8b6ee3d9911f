// checkOp: the one test every operator passes. Inferred types against ORT's, values against a reference, gradients against
// central differences at two step sizes, broadcasting, second order, and a symbolic batch against a fixed one.
import { expect } from 'vitest'
import { gradients } from '../../engine/autodiff/gradients.ts'
import { Program, tensor, type Tensor } from '../../engine/compile/program.ts'
import { Random } from '../../engine/data/random.ts'
import { Graph, type Value } from '../../engine/graph/graph.ts'
import type { DType } from '../../engine/graph/types.ts'
import { add, cast, mul, reduceSum } from '../../engine/ops/build.ts'
import { typed } from '../../engine/ops/support/rule.ts'

export interface InputCase {
  readonly shape: readonly number[]
  /** float32 where left out. */
  readonly dtype?: DType
  /** Elements; drawn from `range` where left out. */
  readonly values?: readonly number[]
  readonly range?: readonly [number, number]
  /** Draws are kept this far from these points, where the operator has a kink. */
  readonly avoid?: readonly number[]
}

export interface OpCase {
  readonly build: (...inputs: Value[]) => Value | readonly Value[]
  readonly inputs: readonly InputCase[]
  /** Elements of each output from those of the inputs, computed without ORT. */
  readonly reference?: (...inputs: number[][]) => readonly number[] | readonly (readonly number[])[]
  /** Inputs whose gradient is checked; all floating inputs where left out, none where empty. */
  readonly wrt?: readonly number[]
  /** Derivatives of the gradient as well; left out for piecewise linear operators. */
  readonly second?: boolean
  /** Inputs whose first axis is the batch: also run with a symbolic `N`. */
  readonly batch?: readonly number[]
  /** Largest allowed error relative to the size of the gradient in float32. */
  readonly tolerance?: number
  /** ORT has float64 kernels for all that is needed: differences are taken there, far more exactly. */
  readonly float64?: boolean
  /** Sizes that depend on the values are inferred as names; each name must stand for one size. */
  readonly dynamic?: boolean
}

const isFloat = (dtype: DType | undefined): boolean => dtype === undefined || dtype === 'float32'
const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
const numbers = (t: Tensor): number[] => Array.from(t.data as ArrayLike<number | bigint>, Number)

function draw({ shape, values, range = [-2, 2], avoid = [] }: InputCase, random: Random): number[] {
  if (values) return [...values]
  return Array.from({ length: count(shape) }, () => {
    for (;;) {
      const v = Math.fround(range[0] + (range[1] - range[0]) * random.uniform())
      if (avoid.every((a) => Math.abs(v - a) > 0.05)) return v
    }
  })
}

interface Made {
  readonly graph: Graph
  readonly inputs: Value[]
  readonly outputs: readonly Value[]
}

function make(test: OpCase, real: 'float32' | 'float64', batch: readonly number[] = []): Made {
  const graph = new Graph('check')
  const inputs = test.inputs.map((c, i) => graph.input(`x${i}`, isFloat(c.dtype) ? real : (c.dtype as DType), c.shape.map((d, axis) => (axis === 0 && batch.includes(i) ? 'N' : d))))
  const built = test.build(...inputs)
  return { graph, inputs, outputs: Array.isArray(built) ? (built as readonly Value[]) : [built as Value] }
}

function feeds(made: Made, test: OpCase, data: readonly (readonly number[])[]): Record<string, Tensor> {
  return Object.fromEntries(made.inputs.map((v, i) => [v.name, tensor(v.dtype, typed(v.dtype, data[i] ?? []), test.inputs[i]?.shape ?? [])]))
}

/** sum(seed · y) over all outputs, so that every output's gradient counts and differently so for each element. */
function weighted(made: Made, real: 'float32' | 'float64'): Value {
  const terms = made.outputs.flatMap((y, k) => {
    if (y.dtype !== real) return []
    const n = y.shape.every((d) => typeof d === 'number') ? count(y.shape) : null
    const seed = n === null ? null : made.graph.constant(typed(real, Array.from({ length: n }, (_, i) => Math.sin(1 + 2.3 * i + k))), real, y.shape.map(Number))
    return [reduceSum(seed ? mul(y, seed) : mul(y, y))]
  })
  const sum = terms.reduce((a, b) => add(a, b))
  return sum
}

export async function checkOp(test: OpCase): Promise<void> {
  const random = new Random(7, 'sample')
  const data = test.inputs.map((c) => draw(c, random))
  await checkForward(test, data)
  const wrt = test.wrt ?? test.inputs.flatMap((c, i) => (isFloat(c.dtype) ? [i] : []))
  if (test.batch) await checkSymbolic(test, data, wrt)
  if (wrt.length === 0) return
  await checkGradient(test, data, wrt, 1)
  if (test.second) await checkGradient(test, data, wrt, 2)
}

async function checkForward(test: OpCase, data: readonly number[][]): Promise<void> {
  const made = make(test, 'float32')
  made.outputs.forEach((y, i) => {
    made.graph.output(`y${i}`, y)
  })
  await using program = await Program.create(made.graph)
  const out = await program.run(feeds(made, test, data))
  const sizes = new Map<string, number>()
  if (test.dynamic) expect(made.outputs.some((y) => y.shape.some((d) => typeof d === 'string')), 'a size is not known before running').toBe(true)
  made.outputs.forEach((y, i) => {
    const found = out[`y${i}`]
    const inferred = test.dynamic ? y.shape.map((d, axis) => (typeof d === 'string' ? bound(sizes, d, found?.shape[axis]) : d)) : y.shape
    expect({ dtype: found?.dtype, shape: found?.shape }, `output ${i}: what ORT returns against what was inferred`).toEqual({ dtype: y.dtype, shape: inferred })
  })
  if (!test.reference) return
  const expected = test.reference(...data.map((d) => [...d]))
  const all = made.outputs.length === 1 && typeof expected[0] !== 'object' ? [expected as readonly number[]] : (expected as readonly (readonly number[])[])
  all.forEach((want, i) => {
    const found = out[`y${i}`]
    if (!found) throw new Error(`no output y${i}`)
    close(numbers(found), want, 2e-5, `value of output ${i}`)
  })
}

/** The size that a name stands for: the first one found. */
function bound(sizes: Map<string, number>, name: string, found: number | undefined): number | undefined {
  const known = sizes.get(name) ?? found
  if (known !== undefined) sizes.set(name, known)
  return known
}

/** The graph with a symbolic batch must give what the fixed one gives, gradients included. */
async function checkSymbolic(test: OpCase, data: readonly number[][], wrt: readonly number[]): Promise<void> {
  const results: number[][][] = []
  for (const batch of [[], test.batch ?? []]) {
    const made = make(test, 'float32', batch)
    if (batch.length > 0) expect(made.outputs.some((y) => y.shape.some((d) => typeof d === 'string' && d.includes('N'))), 'the symbolic batch reaches an output').toBe(true)
    made.outputs.forEach((y, i) => {
      made.graph.output(`y${i}`, y)
    })
    const real = made.outputs.filter((y) => y.dtype === 'float32')
    if (real.length > 0 && wrt.length > 0) {
      const loss = real.map((y) => reduceSum(mul(y, y))).reduce((a, b) => add(a, b))
      const leaves = wrt.map((i) => made.inputs[i] as Value)
      gradients(loss, leaves).forEach((g, i) => {
        expect(g.shape, `gradient of input ${wrt[i]}`).toEqual(leaves[i]?.shape)
        made.graph.output(`g${i}`, g)
      })
    }
    await using program = await Program.create(made.graph)
    const out = await program.run(feeds(made, test, data))
    results.push([...made.graph.outputs.keys()].map((k) => numbers(out[k] as Tensor)))
  }
  results[0]?.forEach((want, i) => {
    close(results[1]?.[i] ?? [], want, 1e-6, `symbolic against fixed batch, output ${i}`)
  })
}

/** d loss / d x by the graph against central differences; `order` 2 differentiates sum of squared gradients once more. */
async function checkGradient(test: OpCase, data: readonly number[][], wrt: readonly number[], order: 1 | 2): Promise<void> {
  const real = test.float64 === false ? 'float32' : 'float64'
  const made = make(test, real)
  const leaves = wrt.map((i) => made.inputs[i] as Value)
  let loss = weighted(made, real)
  if (order === 2) loss = gradients(loss, leaves).map((g) => reduceSum(mul(g, g))).reduce((a, b) => add(a, b))
  gradients(loss, leaves).forEach((g, i) => {
    expect(g.shape, `gradient of input ${wrt[i]} has its shape`).toEqual(leaves[i]?.shape)
    expect(g.dtype).toBe(real)
    made.graph.output(`g${i}`, g)
  })
  made.graph.output('loss', cast(loss, real))
  await using program = await Program.create(made.graph, { threads: 1 })
  const at = async (changed: number, element: number, by: number): Promise<number> => {
    const moved = data.map((d, i) => (i === changed ? d.map((v, e) => (e === element ? v + by : v)) : d))
    const out = await program.run(feeds(made, test, moved))
    return numbers(out['loss'] as Tensor)[0] ?? NaN
  }
  const exact = await program.run(feeds(made, test, data))
  const [coarse, fine] = real === 'float64' ? [2e-3, 1e-3] : [2e-2, 1e-2]
  const tolerance = test.tolerance ?? (real === 'float64' ? 1e-6 : 5e-3)
  for (const [k, i] of wrt.entries()) {
    const analytic = numbers(exact[`g${k}`] as Tensor)
    const scale = Math.max(1e-3, ...analytic.map(Math.abs))
    const elements = pick(count(test.inputs[i]?.shape ?? []))
    const errors = { coarse: 0, fine: 0, extrapolated: 0 }
    for (const e of elements) {
      const difference = async (h: number): Promise<number> => ((await at(i, e, h)) - (await at(i, e, -h))) / (2 * h)
      const [a, b] = [await difference(coarse), await difference(fine)]
      const want = analytic[e] ?? NaN
      // Richardson (1911): the h² term of both differences cancels.
      const rich = (4 * b - a) / 3
      errors.coarse = Math.max(errors.coarse, Math.abs(a - want) / scale)
      errors.fine = Math.max(errors.fine, Math.abs(b - want) / scale)
      errors.extrapolated = Math.max(errors.extrapolated, Math.abs(rich - want) / scale)
      expect(Number.isFinite(want), `gradient of input ${i}, element ${e}`).toBe(true)
    }
    expect(errors.extrapolated, `order ${order} gradient of input ${i}, relative error against extrapolated differences`).toBeLessThan(tolerance)
    // A right gradient's error is the difference quotient's own, which shrinks by four; a wrong one's stays.
    expect(errors.fine <= Math.max(errors.coarse * 0.5, tolerance), `order ${order} gradient of input ${i}: error ${errors.fine} at step ${fine} against ${errors.coarse} at ${coarse}`).toBe(true)
  }
}

/** Every element of a small tensor, a spread of a large one. */
function pick(n: number): number[] {
  const most = 24
  return n <= most ? Array.from({ length: n }, (_, i) => i) : [...new Set(Array.from({ length: most }, (_, i) => Math.floor((i * 7919) % n)))]
}

function close(found: readonly number[], want: readonly number[], tolerance: number, what: string): void {
  expect(found.length, `${what}: number of elements`).toBe(want.length)
  const scale = Math.max(1, ...want.filter(Number.isFinite).map(Math.abs))
  want.forEach((w, i) => {
    const f = found[i] ?? NaN
    if (!Object.is(f, w) && !(Math.abs(f - w) <= tolerance * scale)) expect(f, `${what}, element ${i}`).toBeCloseTo(w, 6)
  })
}

