// checkLayer: the one test every layer passes. Shapes, values and gradients against PyTorch's (test/fixtures/torch/layers.py), gradients
// against central differences, moved statistics, and a symbolic batch in inference against the fixed one.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { z } from 'zod'
import { gradients } from '../../engine/autodiff/gradients.ts'
import { Program, tensor, type Tensor } from '../../engine/compile/program.ts'
import { Random } from '../../engine/data/random.ts'
import { Graph, type Value } from '../../engine/graph/graph.ts'
import { layer, type LayerSpec } from '../../engine/layers/index.ts'
import { mul, reduceSum } from '../../engine/ops/build.ts'
import { typed } from '../../engine/ops/support/rule.ts'

const numbers = z.array(z.number())
const array = z.object({ shape: z.array(z.int()), data: numbers })
const fixture = z.object({
  spec: z.looseObject({ type: z.string() }),
  training: z.boolean(),
  x: array.extend({ dtype: z.enum(['float32', 'int64']) }),
  parameters: z.record(z.string(), array),
  /** `rows`, `mask`, `memory`, `memoryMask` of the context. */
  extras: z.record(z.string(), array),
  y: array,
  /** Of sum(y · seed): `x` and `parameter <name>`. */
  gradients: z.record(z.string(), numbers),
  updates: z.record(z.string(), numbers),
  /** Of central differences, where kinks make them rough. */
  tolerance: z.number().optional(),
})
export type LayerFixture = z.infer<typeof fixture>

/** The cases of a layer that PyTorch was asked for. */
export function layerFixtures(type: string): LayerFixture[] {
  const text = readFileSync(new URL(`../fixtures/torch/layers/${type}.json`, import.meta.url), 'utf8')
  return z.array(fixture).min(1).parse(JSON.parse(text))
}

interface Made {
  readonly graph: Graph
  readonly x: Value
  readonly y: Value
  readonly parameters: ReadonlyMap<string, Value>
  readonly updates: ReadonlyMap<string, Value>
}

function make({ spec, training, x: given, extras }: LayerFixture, batch?: string): Made {
  const bound = layer(spec)
  const graph = new Graph('layer')
  const first = (shape: readonly number[]): (number | string)[] => [batch ?? shape[0] ?? 1, ...shape.slice(1)]
  const x = graph.input('x', given.dtype, first(given.shape))
  const parameters = new Map(bound.parameters(given.shape.slice(1)).map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const context = Object.fromEntries(Object.entries(extras).map(([name, { shape }]) => [name, graph.input(name, 'float32', first(shape))]))
  const updates = new Map<string, Value>()
  const y = bound.build(x, {
    ...context,
    training,
    parameter: (name) => {
      const found = parameters.get(name)
      if (!found) throw new Error(`${spec.type} asked for parameter '${name}'; it declared ${[...parameters.keys()].join(', ')}`)
      return found
    },
    update: (name, next) => updates.set(name, next),
    keepMask: () => {
      throw new Error(`${spec.type} asked for a mask`)
    },
  })
  return { graph, x, y, parameters, updates }
}

function feedsOf({ x, parameters, extras }: LayerFixture): Record<string, Tensor> {
  const float = ({ shape, data }: { shape: number[]; data: number[] }): Tensor => tensor('float32', Float32Array.from(data), shape)
  return {
    x: tensor(x.dtype, typed(x.dtype, x.data), x.shape),
    ...Object.fromEntries(Object.entries({ ...parameters, ...extras }).map(([name, v]) => [name, float(v)])),
  }
}

const pick = (program: Program, feeds: Record<string, Tensor>): Record<string, Tensor> => Object.fromEntries(program.inputs.map(({ name }) => [name, feeds[name] as Tensor]))
const floats = (t: Tensor | undefined): number[] => Array.from((t?.data ?? []) as Float32Array)

/** Largest difference relative to the largest number expected. */
function close(found: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  expect(found.length, what).toBe(expected.length)
  const scale = Math.max(1e-2, ...expected.map(Math.abs))
  const worst = Math.max(0, ...expected.map((v, i) => Math.abs(v - (found[i] ?? NaN)) / scale))
  expect(worst, `${what}: largest error relative to ${scale.toPrecision(3)}`).toBeLessThan(tolerance)
}

/** All cases of `type`. Rows that `extras.rows` marks as padding are left out of the comparison. */
export async function checkLayer(type: string): Promise<void> {
  for (const c of layerFixtures(type)) {
    await checkAgainstTorch(c)
    if (!c.training) await checkSymbolic(c)
  }
}

async function checkAgainstTorch(c: LayerFixture): Promise<void> {
  const name = JSON.stringify(c.spec)
  const input = c.x.shape.slice(1)
  const bound = layer(c.spec)
  expect(bound.outputShape(input), `${name}: output shape`).toEqual(c.y.shape.slice(1))
  expect(Object.fromEntries(bound.parameters(input).map((p) => [p.name, p.shape])), `${name}: parameters`).toEqual(Object.fromEntries(Object.entries(c.parameters).map(([k, v]) => [k, v.shape])))
  expect(Number.isInteger(bound.multiplyAdds(input)), `${name}: multiply-adds are a whole number`).toBe(true)

  const made = make(c)
  const { graph, y } = made
  const real = c.extras['rows']?.data
  const perRow = c.y.data.length / (c.y.shape[0] ?? 1)
  const seed = graph.constant(Float32Array.from(c.y.data, (_, i) => Math.sin(1 + 2.3 * i) * (real?.[Math.floor(i / perRow)] ?? 1)), 'float32', c.y.shape)
  const loss = reduceSum(mul(y, seed))
  graph.output('y', y)
  graph.output('loss', loss)
  const trainable = [...made.parameters].filter(([k]) => bound.parameters(input).find((p) => p.name === k)?.trainable !== false)
  const leaves: [string, Value][] = [...(c.x.dtype === 'float32' ? [['x', made.x] as [string, Value]] : []), ...trainable.map(([k, v]): [string, Value] => [`parameter ${k}`, v])]
  gradients(loss, leaves.map(([, v]) => v)).forEach((g, i) => {
    graph.output(`gradient ${leaves[i]?.[0] ?? ''}`, g)
  })
  for (const [k, v] of made.updates) graph.output(`update ${k}`, v)
  await using program = await Program.create(graph, { threads: 1 })
  const feeds = feedsOf(c)
  const out = await program.run(pick(program, feeds))
  expect(out['y']?.shape, `${name}: shape of y`).toEqual(c.y.shape)
  const weigh = (data: readonly number[], per: number): number[] => data.map((v, i) => (real && real[Math.floor(i / per)] === 0 ? 0 : v))
  close(weigh(floats(out['y']), perRow), weigh(c.y.data, perRow), 1e-5, `${name}: y`)
  for (const [leaf] of leaves) {
    const per = leaf === 'x' ? c.x.data.length / (c.x.shape[0] ?? 1) : Infinity
    close(weigh(floats(out[`gradient ${leaf}`]), per), c.gradients[leaf] ?? new Array<number>(floats(out[`gradient ${leaf}`]).length).fill(0), 1e-4, `${name}: gradient of ${leaf}`)
  }
  expect([...made.updates.keys()], `${name}: statistics that move`).toEqual(Object.keys(c.updates))
  for (const [k, expected] of Object.entries(c.updates)) close(floats(out[`update ${k}`]), expected, 1e-5, `${name}: ${k} after the step`)
  await checkDifferences(c, program, feeds, out, leaves.map(([leaf]) => leaf))
}

/** The slope of the loss along one random direction of each leaf. */
async function checkDifferences(c: LayerFixture, program: Program, feeds: Record<string, Tensor>, out: Record<string, Tensor>, leaves: readonly string[]): Promise<void> {
  for (const [k, leaf] of leaves.entries()) {
    const port = leaf.replace('parameter ', '')
    const base = feeds[port]
    if (!base) throw new Error(`no feed '${port}'`)
    const random = new Random(5, 'sample', k)
    const direction = floats(base).map(() => (random.uniform() < 0.5 ? -1 : 1))
    const at = async (h: number): Promise<number> => {
      const moved = tensor('float32', Float32Array.from(floats(base), (v, i) => v + h * (direction[i] ?? 0)), base.shape)
      return floats((await program.run(pick(program, { ...feeds, [port]: moved })))['loss'])[0] ?? NaN
    }
    const h = 4e-3
    const slope = ((await at(h)) - (await at(-h))) / (2 * h)
    const gradient = floats(out[`gradient ${leaf}`])
    const expected = gradient.reduce((sum, g, i) => sum + g * (direction[i] ?? 0), 0)
    const scale = Math.max(0.1, Math.hypot(...gradient))
    expect(Math.abs(slope - expected) / scale, `${JSON.stringify(c.spec)}: gradient of ${leaf} along a direction is ${expected}, differences say ${slope}`).toBeLessThan(c.tolerance ?? 0.01)
  }
}

async function checkSymbolic(c: LayerFixture): Promise<void> {
  const { graph, y } = make(c, 'N')
  graph.output('y', y)
  await using program = await Program.create(graph, { threads: 1 })
  expect(y.shape, `${JSON.stringify(c.spec)}: shape with a symbolic batch`).toEqual(['N', ...c.y.shape.slice(1)])
  const out = await program.run(pick(program, feedsOf(c)))
  close(floats(out['y']), c.y.data, 1e-5, `${JSON.stringify(c.spec)}: y with a symbolic batch`)
}

/** What a layer costs on an input of one sample, against numbers worked out by hand: weights that are trained, and multiply-adds. */
export function expectCost(spec: LayerSpec, input: readonly number[], expected: { readonly weights: number; readonly multiplyAdds: number }): void {
  const bound = layer(spec)
  const weights = bound
    .parameters(input)
    .filter((p) => p.trainable !== false)
    .reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0)
  expect({ weights, multiplyAdds: bound.multiplyAdds(input) }, JSON.stringify(spec)).toEqual(expected)
}
