// What an ONNX file is to fine-tuning: the input a picture goes to, the value that a new head reads, and what its weights are.
import { LatheError } from '../../contract/errors.ts'
import { importModel, type ImportedModel } from '../../export/import-model.ts'
import type { Node, Value } from '../../graph/graph.ts'
import { topological } from '../../graph/order.ts'

export interface Backbone {
  readonly model: ImportedModel
  readonly input: Value
  /** 'nchw', or 'nhwc' where channels come last. */
  readonly layout: 'nchw' | 'nhwc'
  readonly channels: number
  /** Null where the file takes any size. */
  readonly height: number | null
  readonly width: number | null
  /** Name in the file of what the head reads. */
  readonly features: string
}

/** Passed through on the way from the output to the last linear layer. */
const AFTER_HEAD: ReadonlySet<string> = new Set(['Softmax', 'LogSoftmax', 'Identity', 'Sigmoid', 'Add', 'Reshape', 'Flatten', 'Squeeze'])
const LINEAR: ReadonlySet<string> = new Set(['Gemm', 'MatMul'])

/**
 * `features`: name of a value in the file, [N, F] or [N, C, …]; where left out, what its last linear layer reads.
 * @throws LatheError `graph` for a file that takes no picture or has no such value.
 */
export function backbone(bytes: Uint8Array, name: string, features: string | null): Backbone {
  const model = importModel(bytes, { name })
  const [input, ...others] = model.graph.inputs
  const refuse = (why: string): never => {
    throw new LatheError('graph', `${name}: ${why}`)
  }
  if (!input || others.length > 0) return refuse(`has ${model.graph.inputs.length} inputs (${model.graph.inputs.map((v) => v.name).join(', ')}); a model that pictures are learned with takes one`)
  if (input.dtype !== 'float32' || input.shape.length !== 4) return refuse(`its input '${input.name}' is ${input.dtype} [${input.shape.join(', ')}]; pictures need float32 [N, channels, height, width]`)
  const isColour = (d: unknown): boolean => d === 1 || d === 3
  const layout = !isColour(input.shape[1]) && isColour(input.shape[3]) ? 'nhwc' : 'nchw'
  const [channels, height, width] = (layout === 'nchw' ? [1, 2, 3] : [3, 1, 2]).map((i) => input.shape[i])
  if (!isColour(channels)) return refuse(`its input [${input.shape.join(', ')}] takes ${String(channels)} channels; pictures have 1 or 3`)
  const known = (d: unknown): number | null => (typeof d === 'number' ? d : null)
  const found = features ?? headInput(model)
  const value = model.values.get(found)
  if (!value) return refuse(`has no value '${found}'; it has ${[...model.values.keys()].slice(0, 20).join(', ')}${model.values.size > 20 ? ', …' : ''}`)
  if (value.dtype !== 'float32' || value.shape.length < 2) return refuse(`'${found}' is ${value.dtype} [${value.shape.join(', ')}]; a head needs float32 [N, F] or [N, C, …]`)
  return { model, input, layout, channels: Number(channels), height: known(height), width: known(width), features: found }
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
