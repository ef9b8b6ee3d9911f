// What methods share: feeds, folding of attributions into the map, options.
import type { z } from 'zod'
import { tensor, type Program, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import { allocate, type TensorData } from '../data/types.ts'
import type { Graph } from '../graph/graph.ts'
import type { Explainable, Weights } from './method.ts'

/** The row `features` `n` times. */
export function featureFeeds(model: Explainable, features: Readonly<Record<string, TensorData>>, n: number): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(model.features).map(([name, spec]) => {
    const row = features[name]
    if (!row) throw new LatheError('internal', `explanation: feature '${name}' has no value`)
    const data = allocate(spec, n)
    for (let i = 0; i < n; i++) data.set(row as never, i * row.length)
    return [name, tensor(spec.dtype, data, [n, ...spec.shape])]
  }))
}

/** Parameters as feeds of `program`, compiled from `graph`: those that it reads. */
export function weightFeeds(graph: Graph, program: Program, weights: Weights): Record<string, Tensor> {
  const read = new Set(program.inputs.map((i) => i.name))
  const feeds: Record<string, Tensor> = {}
  for (const { name, shape } of graph.parameters) {
    if (!read.has(name)) continue
    const data = weights.get(name)
    if (!data) throw new LatheError('internal', `explanation: parameter '${name}' has no value`)
    feeds[name] = tensor('float32', data, shape.map(Number))
  }
  return feeds
}

/** One-hot row of `target`. */
export function targetFeed(model: Explainable, target: number): Tensor {
  const row = new Float32Array(model.targets)
  row[target] = 1
  return tensor('float32', row, [1, model.targets])
}

/** One number for each cell of the model's map: the elements of a cell joined by `join`, from 0. */
export function foldMap({ map }: Explainable, values: ArrayLike<number>, join: (sum: number, value: number) => number): Float32Array {
  const out = new Float64Array(map.height * map.width)
  for (let i = 0; i < values.length; i++) {
    const cell = map.cell(i)
    if (cell >= 0) out[cell] = join(out[cell] ?? 0, values[i] ?? 0)
  }
  return Float32Array.from(out)
}

export function parseOptions<T>(method: string, schema: z.ZodType<T>, options: unknown): T {
  const parsed = schema.safeParse(options)
  if (!parsed.success) throw new LatheError('usage', `${method}: ${parsed.error.issues.map((i) => (i.path.length > 0 ? `option '${i.path.join('.')}': ${i.message}` : i.message)).join('; ')}`)
  return parsed.data
}

export function floats(outputs: Readonly<Record<string, Tensor>>, name: string): Float32Array {
  const found = outputs[name]
  if (!found) throw new LatheError('internal', `explanation: the program has no output '${name}'`)
  return found.data as Float32Array
}
