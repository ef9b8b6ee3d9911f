// Imported: the body of any ONNX file for pictures, rows, series or maps of recordings, its weights as the file has them, under a new head for the project.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import { FROM_FILE } from '../../contract/task-kinds.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { apply } from '../../graph/op.ts'
import { product } from '../../layers/shapes.ts'
import { reduceMean, squeeze, transpose } from '../../ops/build.ts'
import type { ModelDef, Wiring } from '../model.ts'
import { modelOptions } from '../options.ts'
import { rowOutputs, rowUnits } from '../support/table.ts'
import { backbone, backboneKind, body, type Backbone, type BackboneKind } from './backbone.ts'
import { modelFile } from './files.ts'

const options = z.strictObject({
  /** Of the file's bytes, which the project holds. */
  sha256: z.string().regex(/^([0-9a-f]{64})?$/).default(''),
  /** Regular expression: weights of the file whose name it finds are not trained. */
  freeze: z.string().max(1000).nullable().default(null).describe('Weights whose name matches this pattern stay as they are; .* trains the head alone.'),
  /** Name in the file of what the new head reads; what its last linear layer reads where null. */
  head: z.string().max(1000).nullable().default(null).describe('Name of the value that the new head reads; the input of the last linear layer where empty.'),
})

/** Files read so far, by hash, head and what they are fed. */
const known = new Map<string, Backbone>()
const KEPT = 2

function open(sha256: string, head: string | null, { input }: TrainConfig): Backbone {
  const kind = backboneKind(input.kind)
  const channels = input.kind === 'series' ? input.channels.length : 0
  const key = `${sha256} ${kind} ${channels} ${head ?? ''}`
  const found = known.get(key)
  if (found) return found
  const made = backbone(modelFile(sha256), 'the imported model', head, kind, channels)
  known.set(key, made)
  for (const old of [...known.keys()].slice(0, -KEPT)) known.delete(old)
  return made
}

export const imported: ModelDef = {
  title: 'Imported',
  description: 'The body of an ONNX file, with a new head for your classes',
  use: 'Few samples, and a model that has seen many: it needs to learn only what is new',
  tasks: FROM_FILE,
  options,
  wire: (net, { x, codes }, config, classes) => {
    const { sha256, freeze, head } = modelOptions('imported', options, config.modelOptions)
    const opened = open(sha256, head, config)
    if (!x || codes) throw new LatheError('usage', 'model imported: the file takes numbers, and some columns of the table hold categories: leave those out of input.columns, or write them as numbers')
    fits(opened, x, backboneKind(config.input.kind))
    const features = graft(net, opened, net.tap(x), { isFrozen: frozen(freeze), thaws: config.unfreeze !== null })
    const flat = features.shape.length > 2 ? pooled(net, opened, features) : features
    const answer = net.layer('head', { type: 'dense', units: rowUnits(config, classes) }, flat)
    return { ...rowOutputs(config, answer), ...(config.input.kind === 'audio' && { embedding: flat }) }
  },
}

/** How sizes are said, and what a recipe changes for others. */
const SAID = {
  image: { text: ([c, h, w]: readonly string[]) => `${c ?? ''} channels of ${h ?? ''}×${w ?? ''} pixels`, change: 'set input.channels, input.height and input.width' },
  series: { text: ([c, t]: readonly string[]) => `${c ?? ''} channels of ${t ?? ''} steps`, change: 'set input.steps, and choose as many channels' },
  row: { text: ([n]: readonly string[]) => `${n ?? ''} numbers a row`, change: 'choose as many in input.columns' },
  audio: { text: ([, bands, frames]: readonly string[]) => `maps of ${bands ?? ''} bands and ${frames ?? ''} frames`, change: 'set what input says of bands and frames' },
} satisfies Record<BackboneKind, { text: (sizes: readonly string[]) => string; change: string }>

/** @throws LatheError `usage` where the recipe's samples are of other sizes than the file takes. */
function fits({ sizes }: Backbone, x: Value, kind: BackboneKind): void {
  const found = x.shape.slice(1)
  if (sizes.length === found.length && sizes.every((size, i) => size === null || size === found[i])) return
  const { text, change } = SAID[kind]
  throw new LatheError('usage', `model imported: the file takes ${text(sizes.map((size) => String(size ?? 'any')))}, the recipe gives ${text(found.map(String))}: ${change}`)
}

/** The mean of each feature over places; where the file has its channels last, so have its features. */
function pooled(net: Wiring, { axes }: Backbone, features: Value): Value {
  return axes.length === 2 && axes[0] === 2 ? reduceMean(features, [1], false) : net.layer('pool', { type: 'global-average-pool' }, features)
}

interface Freezing {
  /** By name in the file. */
  readonly isFrozen: (name: string) => boolean
  /** What is frozen becomes trained later. */
  readonly thaws: boolean
}

function frozen(pattern: string | null): (name: string) => boolean {
  if (pattern === null || pattern === '') return () => false
  try {
    const expression = new RegExp(pattern)
    return (name) => expression.test(name)
  } catch (error) {
    throw new LatheError('usage', `model imported: freeze is no regular expression: ${error instanceof Error ? error.message : String(error)}`, undefined, { cause: error })
  }
}

/** The body's nodes on `x`, with shapes worked out anew. Weights keep their names in the file, behind `file.`. */
function graft(net: Wiring, opened: Backbone, x: Value, freezing: Freezing): Value {
  const { model, input, axes, features } = opened
  const { graph } = x
  const plain = axes.length === x.shape.length - 1 ? x : squeeze(x, [1])
  const moved = axes.length === x.shape.length - 1 && axes.some((axis, i) => axis !== i + 1)
  const made = new Map<Value, Value>([[input, moved ? transpose(plain, [0, ...axes]) : plain]])
  const of = (v: Value): Value => {
    const there = made.get(v)
    if (there) return there
    const value = v.data ? graph.constant(v.data.data, v.data.dtype, v.data.shape) : weight(net, opened, v, freezing)
    made.set(v, value)
    return value
  }
  let adds = 0
  let map: Value | null = null
  for (const node of body(opened)) {
    const inputs = node.inputs.map((v) => v && of(v))
    const outputs = graph.in(`file/${node.scope}`, () => apply(node.op, inputs, node.attrs, graph))
    node.outputs.forEach((v, i) => {
      const now = outputs[i]
      if (now) made.set(v, now)
    })
    const [first] = outputs
    if (!first) continue
    adds += multiplyAdds(node.op.name, inputs, first)
    if (first.shape.length === 4 && first.shape.slice(2).every((d) => typeof d === 'number' && d > 1)) map = first
  }
  const value = model.values.get(features)
  const y = value && made.get(value)
  if (!y) throw new LatheError('graph', `the imported model: '${features}' does not depend on its input`)
  const sizes = y.shape.slice(1)
  if (sizes.some((d) => typeof d !== 'number')) throw new LatheError('graph', `the imported model: '${features}' is [${y.shape.join(', ')}]; a head needs known sizes`)
  if (map) net.map(map)
  net.stretch('file', 'onnx', x, y, adds)
  return y
}

function weight(net: Wiring, { model }: Backbone, v: Value, { isFrozen, thaws }: Freezing): Value {
  const initial = model.parameters.get(v.name)
  if (!initial) throw new LatheError('graph', `the imported model: '${v.name}' is neither made nor given`)
  const shape = v.shape.map(Number)
  const fan = { in: shape.length > 1 ? product(shape.slice(1)) : 1, out: shape[0] ?? 1 }
  return net.parameter(`file.${v.name}`, { shape, initializer: null, initial, fan, decay: shape.length > 1, trainable: model.trainable.has(v.name) && (thaws || !isFrozen(v.name)), frozen: thaws && isFrozen(v.name) })
}

/** Of one sample; of the operators that cost. */
function multiplyAdds(op: string, inputs: readonly (Value | null)[], y: Value): number {
  const numbers = (shape: Value['shape'] | undefined): number => (shape ?? []).reduce<number>((n, d) => n * (typeof d === 'number' ? d : 1), 1)
  const [a, b] = inputs
  const perSample = numbers(y.shape.slice(1))
  if (op === 'Conv') return perSample * numbers(b?.shape.slice(1))
  if (op === 'ConvTranspose') return numbers(a?.shape.slice(1)) * numbers(b?.shape.slice(1))
  return op === 'Gemm' || op === 'MatMul' ? perSample * numbers(a?.shape.slice(-1)) : 0
}
