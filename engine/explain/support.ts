// What methods share: feeds, the black baseline, the target's score, options.
import type { z } from 'zod'
import { tensor, type Program, type Tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import type { ImageInput } from '../contract/recipe.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { mul, reduceSum } from '../ops/build.ts'
import type { Explainable, Weights } from './method.ts'

/** [1, C, H, W] of `input`. */
export const imageShape = ({ channels, height, width }: ImageInput): readonly [number, number, number, number] => [1, channels, height, width]

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
  const row = new Float32Array(model.classes)
  row[target] = 1
  return tensor('float32', row, [1, model.classes])
}

/** The logit of the target in each row: [N, classes] and one-hot [1, classes] to [N]. */
export function scoreOf(logits: Value, target: Value): Value {
  return reduceSum(mul(logits, target), [1])
}

/** A black image, normalised: [C, H, W]. */
export function black({ channels, height, width, mean, std }: ImageInput): Float32Array {
  const out = new Float32Array(channels * height * width)
  for (let c = 0; c < channels; c++) out.fill(-(mean[c] ?? mean[0] ?? 0) / (std[c] ?? std[0] ?? 1), c * height * width, (c + 1) * height * width)
  return out
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
