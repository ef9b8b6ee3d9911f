// What an ONNX file is to fine-tuning: the input that samples go to, the value that a new head reads, and what its weights are.
import type { TrainConfig } from '../../contract/recipe.ts'
import { LatheError } from '../../contract/errors.ts'
import { importModel, type ImportedModel } from '../../export/import-model.ts'
import type { Node, Value } from '../../graph/graph.ts'
import { topological } from '../../graph/order.ts'

/** Kinds of sample (`input.kind` of a recipe) that a body is fed. */
const KINDS = { image: 'pictures', series: 'series', row: 'rows', audio: 'recordings' } as const
export type BackboneKind = keyof typeof KINDS

export interface Backbone {
  readonly model: ImportedModel
  readonly input: Value
  /** How the file's input is made of [N, channels, …]: the order of its axes, axes of one left out. */
  readonly axes: readonly number[]
  /** Sizes in our order, batch left out: of pictures channels, height, width; null where the file takes any. */
  readonly sizes: readonly (number | null)[]
  /** Name in the file of what the head reads. */
  readonly features: string
}

/** Passed through on the way from the output to the last linear layer. */
const AFTER_HEAD: ReadonlySet<string> = new Set(['Softmax', 'LogSoftmax', 'Identity', 'Sigmoid', 'Add', 'Reshape', 'Flatten', 'Squeeze'])
const LINEAR: ReadonlySet<string> = new Set(['Gemm', 'MatMul'])

/** @throws LatheError `usage` where samples of that kind reach a network as no one tensor of numbers. */
export function backboneKind(kind: TrainConfig['input']['kind']): BackboneKind {
  if (kind in KINDS) return kind as BackboneKind
  throw new LatheError('usage', `the project learns from ${kind}; an imported model takes one tensor of numbers a sample: pictures, rows, series or recordings`)
}

/**
 * `features`: name of a value in the file, [N, F] or [N, C, …]; where left out, what its last linear layer reads.
 * @param channels of the series, whose files have them before or behind the steps.
 * @throws LatheError `graph` for a file that takes no sample of that kind or has no such value.
 */
export function backbone(bytes: Uint8Array, name: string, features: string | null, kind: BackboneKind = 'image', channels = 0): Backbone {
  const model = importModel(bytes, { name })
  const [input, ...others] = model.graph.inputs
  const refuse = (why: string): never => {
    throw new LatheError('graph', `${name}: ${why}`)
  }
  if (!input || others.length > 0) return refuse(`has ${model.graph.inputs.length} inputs (${model.graph.inputs.map((v) => v.name).join(', ')}); a model that ${KINDS[kind]} are learned with takes one`)
  const axes = input.dtype === 'float32' ? axesOf(input.shape.slice(1), kind, channels) : null
  if (!axes) return refuse(`its input '${input.name}' is ${input.dtype} [${input.shape.join(', ')}]; ${KINDS[kind]} need float32 ${WANTED[kind]}`)
  const known = (d: unknown): number | null => (typeof d === 'number' ? d : null)
  const sizes = Array.from({ length: RANKS[kind] }, (_, i) => (axes.includes(i + 1) ? known(input.shape[axes.indexOf(i + 1) + 1]) : 1))
  const colours = sizes[0]
  if (kind === 'image' && colours !== 1 && colours !== 3) return refuse(`its input [${input.shape.join(', ')}] takes ${String(input.shape[axes.indexOf(1) + 1])} channels; pictures have 1 or 3`)
  const found = features ?? headInput(model)
  const value = model.values.get(found)
  if (!value) return refuse(`has no value '${found}'; it has ${[...model.values.keys()].slice(0, 20).join(', ')}${model.values.size > 20 ? ', …' : ''}`)
  if (value.dtype !== 'float32' || value.shape.length < 2) return refuse(`'${found}' is ${value.dtype} [${value.shape.join(', ')}]; a head needs float32 [N, F] or [N, C, …]`)
  return { model, input, axes, sizes, features: found }
}

/** Axes of one sample in our order. */
const RANKS = { image: 3, series: 2, row: 1, audio: 3 } satisfies Record<BackboneKind, number>
const WANTED = { image: '[N, channels, height, width]', series: '[N, channels, steps]', row: '[N, columns]', audio: 'maps [N, 1, bands, frames]' } satisfies Record<BackboneKind, string>

/** Which of our axes (from 1) each of the file's is; null where it takes no such sample. */
function axesOf(shape: readonly unknown[], kind: BackboneKind, channels: number): number[] | null {
  const isColour = (d: unknown): boolean => d === 1 || d === 3
  if (kind === 'image' && shape.length === 3) return !isColour(shape[0]) && isColour(shape[2]) ? [2, 3, 1] : [1, 2, 3]
  if (kind === 'audio') return shape.length === 3 ? [1, 2, 3] : shape.length === 2 ? [2, 3] : null
  if (kind === 'series' && shape.length === 2) return shape[0] !== channels && shape[1] === channels ? [2, 1] : [1, 2]
  return kind === 'row' && shape.length === 1 ? [1] : null
}

/** Name of what the last linear layer before the first output reads; the output's own where there is none. */
function headInput({ graph, values }: ImportedModel): string {
  const [output] = graph.outputs
  if (!output) throw new LatheError('graph', 'the model has no output')
  const nameOf = new Map([...values].map(([name, value]) => [value, name]))
  let node: Node | null = output[1].producer
  while (node && AFTER_HEAD.has(node.op.name)) node = node.inputs.find((v) => v?.producer)?.producer ?? null
  const read = node && LINEAR.has(node.op.name) ? node.inputs[0] : null
  return (read && nameOf.get(read)) ?? output[0]
}

/** Nodes between the input and the features, in order. */
export const body = ({ model, features }: Backbone): readonly Node[] => {
  const value = model.values.get(features)
  return value ? topological(model.graph, [value]) : []
}
