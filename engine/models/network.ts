// Network: the layers of a recipe with their parameters, built into a graph on demand.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { initializer } from '../initializers/index.ts'
import type { Fan } from '../initializers/initializer.ts'
import { layer, type BoundLayer } from '../layers/index.ts'
import { product } from '../layers/shapes.ts'
import { model } from './index.ts'

export interface NetworkParameter {
  /** `layer.parameter`, e.g. `conv1.weight`. */
  readonly name: string
  readonly shape: readonly number[]
  /** Name in engine/initializers. */
  readonly initializer: string
  readonly fan: Fan
  /** Whether weight decay acts on it. */
  readonly decay: boolean
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
}

export interface Built {
  /** [N, classes]. */
  readonly logits: Value
  /** Output of each layer by its name. */
  readonly layers: ReadonlyMap<string, Value>
  /** Output of the last convolution with its activation, before pooling; null without one. For Grad-CAM. */
  readonly lastConv: Value | null
}

export interface Network {
  readonly classes: number
  readonly layers: readonly NetworkLayer[]
  /** In the order of the flat weight vector. */
  readonly parameters: readonly NetworkParameter[]
  /** Number of weights. */
  readonly size: number
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
    const parameters = bound.parameters(shape).map((p) => ({ name: `${name}.${p.name}`, shape: p.shape, initializer: p.initializer ?? config.initializer, fan: p.fan, decay: p.decay }))
    const output = bound.outputShape(shape)
    steps.push({ bound, info: { name, type: bound.type, input: shape, output, parameters, multiplyAdds: bound.multiplyAdds(shape) } })
    shape = output
  }
  if (shape.length !== 1 || shape[0] !== classes) throw new LatheError('internal', `model ${config.model} ends in [${shape.join(', ')}], expected [${classes}] logits`)
  const layers = steps.map((s) => s.info)
  const parameters = layers.flatMap((l) => l.parameters)
  return {
    classes,
    layers,
    parameters,
    size: parameters.reduce((sum, p) => sum + product(p.shape), 0),
    multiplyAdds: layers.reduce((sum, l) => sum + l.multiplyAdds, 0),
    build: (graph, x, options) => build(graph, x, steps, options),
    initialWeights: (seed) => initialWeights(parameters, seed),
  }
}

function build(graph: Graph, x: Value, steps: readonly Step[], options: BuildOptions): Built {
  const layers = new Map<string, Value>()
  let lastConv: Value | null = null
  let previous = ''
  let value = x
  for (const { info, bound } of steps) {
    value = graph.in(info.name, () => {
      const own = new Map(info.parameters.map((p) => [p.name, graph.parameter(p.name, p.shape)]))
      return bound.build(value, {
        training: options.training,
        parameter: (name) => {
          const found = own.get(`${info.name}.${name}`)
          if (!found) throw new LatheError('internal', `layer ${info.name} has no parameter '${name}'`)
          return found
        },
        keepMask: (of, rate) => {
          if (!options.keepMask) throw new LatheError('internal', `layer ${info.name} needs a keepMask to be built for training`)
          return options.keepMask(info.name, of.shape, rate)
        },
      })
    })
    layers.set(info.name, value)
    if (info.type === 'conv2d' || (previous === 'conv2d' && ACTIVATIONS.has(info.type))) lastConv = value
    previous = info.type
  }
  return { logits: value, layers, lastConv }
}

const ACTIVATIONS: ReadonlySet<string> = new Set(['relu', 'leaky-relu', 'elu', 'selu'])

function initialWeights(parameters: readonly NetworkParameter[], seed: number): Float32Array {
  const flat = new Float32Array(parameters.reduce((sum, p) => sum + product(p.shape), 0))
  let offset = 0
  parameters.forEach((p, i) => {
    const n = product(p.shape)
    initializer(p.initializer).fill(flat.subarray(offset, offset + n), p.fan, new Random(seed, 'init', i))
    offset += n
  })
  return flat
}
