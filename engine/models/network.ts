// Network: the layers of a recipe with their parameters, built into a graph on demand.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { initializer } from '../initializers/index.ts'
import type { Fan } from '../initializers/initializer.ts'
import { layer } from '../layers/index.ts'
import type { BoundLayer, Folding } from '../layers/layer.ts'
import { product } from '../layers/shapes.ts'
import { model } from './index.ts'

export interface NetworkParameter {
  /** `layer.parameter`, e.g. `conv1.weight`. */
  readonly name: string
  readonly shape: readonly number[]
  /** Name in engine/initializers. */
  readonly initializer: string
  /** Starts from this number everywhere instead of from the initializer; null where it is drawn. */
  readonly initial: number | null
  readonly fan: Fan
  /** Whether weight decay acts on it. */
  readonly decay: boolean
  /** False for statistics that the training step moves without gradients (running mean of a batch norm). */
  readonly trainable: boolean
}

export interface NetworkLayer {
  readonly name: string
  readonly type: string
  /** Shapes of one sample. */
  readonly input: readonly number[]
  readonly output: readonly number[]
  readonly parameters: readonly NetworkParameter[]
  readonly multiplyAdds: number
}

export interface BuildOptions {
  readonly training: boolean
  /**
   * Float32 mask of `shape` with entries 0 or 1 / (1 − rate) for the dropout layer `name`.
   * Needed where `training` and the network has dropout.
   */
  readonly keepMask?: (name: string, shape: Value['shape'], rate: number) => Value
  /** Float32 [N]: 0 for rows that only fill up the batch. Statistics over the batch leave them out. */
  readonly rows?: Value
  /**
   * Values of the parameters by name, while a file is written: a batch norm is then worked into the convolution
   * before it, whose new values are in `Built.folded`.
   */
  readonly fold?: ReadonlyMap<string, Float32Array>
}

export interface Built {
  /** [N, classes]. */
  readonly logits: Value
  /** Output of each layer by its name. */
  readonly layers: ReadonlyMap<string, Value>
  /** Output of the last convolution with its activation, before pooling; null without one. For Grad-CAM. */
  readonly lastConv: Value | null
  /** What parameters that are not trainable become after a training step, by name. */
  readonly updates: ReadonlyMap<string, Value>
  /** Values of further graph parameters that `fold` made, by name. */
  readonly folded: ReadonlyMap<string, Float32Array>
}

export interface Network {
  readonly classes: number
  readonly layers: readonly NetworkLayer[]
  /** In the order of the flat weight vector: first all that are trainable. */
  readonly parameters: readonly NetworkParameter[]
  /** Length of the flat weight vector. */
  readonly size: number
  /** How much of it, from the front, is trainable. */
  readonly trainable: number
  /** Of one forward pass of one sample. */
  readonly multiplyAdds: number
  /** `x`: float32 [N, C, H, W], normalised. Adds one graph parameter for each of `parameters`. */
  build(graph: Graph, x: Value, options: BuildOptions): Built
  /** Flat, in `parameters` order; parameter i is drawn from Random(seed, 'init', i). */
  initialWeights(seed: number): Float32Array
}

interface Step {
  readonly info: NetworkLayer
  readonly bound: BoundLayer
}

/** Throws LatheError `usage` for unknown names and for layers that do not fit each other. */
export function network(config: TrainConfig, classes: number): Network {
  const steps: Step[] = []
  let shape: readonly number[] = [config.input.channels, config.input.height, config.input.width]
  for (const { name, spec } of model(config.model).layers(config, classes)) {
    const bound = layer(spec)
    const parameters = bound.parameters(shape).map((p) => ({ name: `${name}.${p.name}`, shape: p.shape, initializer: p.initializer ?? config.initializer, initial: p.initial ?? null, fan: p.fan, decay: p.decay, trainable: p.trainable ?? true }))
    const output = bound.outputShape(shape)
    steps.push({ bound, info: { name, type: bound.type, input: shape, output, parameters, multiplyAdds: bound.multiplyAdds(shape) } })
    shape = output
  }
  if (shape.length !== 1 || shape[0] !== classes) throw new LatheError('internal', `model ${config.model} ends in [${shape.join(', ')}], expected [${classes}] logits`)
  const layers = steps.map((s) => s.info)
  const all = layers.flatMap((l) => l.parameters)
  const parameters = [...all.filter((p) => p.trainable), ...all.filter((p) => !p.trainable)]
  const count = (list: readonly NetworkParameter[]): number => list.reduce((sum, p) => sum + product(p.shape), 0)
  return {
    classes,
    layers,
    parameters,
    size: count(parameters),
    trainable: count(parameters.filter((p) => p.trainable)),
    multiplyAdds: layers.reduce((sum, l) => sum + l.multiplyAdds, 0),
    build: (graph, x, options) => build(graph, x, steps, parameters, options),
    initialWeights: (seed) => initialWeights(parameters, seed),
  }
}

function build(graph: Graph, x: Value, steps: readonly Step[], parameters: readonly NetworkParameter[], options: BuildOptions): Built {
  const own = new Map(parameters.map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const layers = new Map<string, Value>()
  const updates = new Map<string, Value>()
  const folded = new Map<string, Float32Array>()
  const folding = options.fold && foldingOf(graph, options.fold, folded)
  let lastConv: Value | null = null
  let pending = false
  let value = x
  for (const { info, bound } of steps) {
    value = graph.in(info.name, () =>
      bound.build(value, {
        training: options.training,
        rows: options.rows,
        folding,
        parameter: (name) => {
          const found = own.get(`${info.name}.${name}`)
          if (!found) throw new LatheError('internal', `layer ${info.name} has no parameter '${name}'`)
          return found
        },
        update: (name, next) => {
          updates.set(`${info.name}.${name}`, next)
        },
        keepMask: (of, rate, part) => {
          const name = part === undefined ? info.name : `${info.name}.${part}`
          if (!options.keepMask) throw new LatheError('internal', `layer ${name} needs a keepMask to be built for training`)
          return options.keepMask(name, of.shape, rate)
        },
      }),
    )
    layers.set(info.name, value)
    pending = CONVOLUTIONS.has(info.type) || (pending && FOLLOWERS.has(info.type))
    if (pending) lastConv = value
  }
  return { logits: value, layers, lastConv, updates, folded }
}

function foldingOf(graph: Graph, values: ReadonlyMap<string, Float32Array>, folded: Map<string, Float32Array>): Folding {
  return {
    of: (value) => (value.kind === 'parameter' ? (values.get(value.name) ?? folded.get(value.name) ?? null) : null),
    make: (name, data, shape) => {
      folded.set(name, data)
      return graph.parameter(name, shape)
    },
  }
}

/** Layers whose output is a map of features for Grad-CAM, and those that keep it one when they follow. */
const CONVOLUTIONS: ReadonlySet<string> = new Set(['conv2d', 'depthwise-conv2d', 'separable-conv2d', 'residual', 'squeeze-excite', 'u-net'])
const FOLLOWERS: ReadonlySet<string> = new Set(['batch-norm', 'group-norm', 'instance-norm', 'relu', 'leaky-relu', 'prelu', 'relu6', 'elu', 'selu', 'celu', 'gelu', 'silu', 'mish', 'hard-swish', 'hard-tanh', 'softplus', 'tanh'])

function initialWeights(parameters: readonly NetworkParameter[], seed: number): Float32Array {
  const flat = new Float32Array(parameters.reduce((sum, p) => sum + product(p.shape), 0))
  let offset = 0
  parameters.forEach((p, i) => {
    const n = product(p.shape)
    fillParameter(p, flat.subarray(offset, offset + n), new Random(seed, 'init', i))
    offset += n
  })
  return flat
}

/** The first values of a parameter. */
export function fillParameter(p: Pick<NetworkParameter, 'shape' | 'initializer' | 'initial' | 'fan'>, out: Float32Array, random: Random): void {
  if (p.initial !== null) out.fill(p.initial)
  else initializer(p.initializer).fill(out, p.fan, random, p.shape)
}
