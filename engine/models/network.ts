// Network: the model of a recipe with its parameters, built into a graph on demand.
import { LatheError } from '../contract/errors.ts'
import { memberConfig, membersOf } from '../contract/members.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { initializer } from '../initializers/index.ts'
import type { Fan } from '../initializers/initializer.ts'
import { product } from '../layers/shapes.ts'
import { task } from '../tasks/index.ts'
import type { Values } from '../tasks/task.ts'
import { model } from './index.ts'
import { ensembleNetwork } from './ensemble.ts'
import type { ModelDef } from './model.ts'
import { Wires } from './wires.ts'

export interface NetworkParameter {
  /** `layer.parameter`, e.g. `conv1.weight`. */
  readonly name: string
  readonly shape: readonly number[]
  /** Name in engine/initializers. */
  readonly initializer: string
  /** Starts from this number everywhere, or from these, instead of from the initializer; null where it is drawn. */
  readonly initial: number | Float32Array | null
  readonly fan: Fan
  /** Whether weight decay acts on it. */
  readonly decay: boolean
  /** False for statistics that the training step moves without gradients (running mean of a batch norm). */
  readonly trainable: boolean
  /** Trainable, but the model wants it to stand still until the recipe thaws it. */
  readonly frozen: boolean
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
  /** Put before the names of the graph's parameters, where several networks stand in it. */
  readonly prefix?: string
  /**
   * Float32 mask of `shape` with entries 0 or 1 / (1 − rate) for the dropout layer `name`.
   * Needed where `training` and the network has dropout. `shared`: one for the whole batch.
   */
  readonly keepMask?: (name: string, shape: Value['shape'], rate: number, shared: boolean) => Value
  /** Float32 [N]: 0 for rows that only fill up the batch. Statistics over the batch leave them out. */
  readonly rows?: Value
  /**
   * Values of the parameters by name, while a file is written: a batch norm is then worked into the convolution
   * before it, whose new values are in `Built.folded`.
   */
  readonly fold?: ReadonlyMap<string, Float32Array>
  /** Names of trainable parameters that stand still: a layer that has no others is built as for inference. */
  readonly frozen?: ReadonlySet<string>
  /** Puts another value in the place of the one that explanations attribute to. */
  readonly tap?: (x: Value) => Value
}

export interface Built {
  /** By name, as the task's loss takes them. */
  readonly outputs: Values
  /** What explanations attribute to: [N, …], float. */
  readonly tapped: Value | null
  /** Output of each layer by its name. */
  readonly layers: ReadonlyMap<string, Value>
  /** Output of the last convolution with its activation, before pooling; null without one. For Grad-CAM. */
  readonly lastConv: Value | null
  /** What the last layer with weights reads; null without one. */
  readonly features: Value | null
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
  /** `inputs`: as the task's `preprocess` gives them. Adds one graph parameter for each of `parameters`. */
  build(graph: Graph, inputs: Values, options: BuildOptions): Built
  /** Flat, in `parameters` order; parameter i is drawn from Random(seed, 'init', i). */
  initialWeights(seed: number): Float32Array
}

/** That of a recipe, or those of an ensemble as one. Throws LatheError `usage` for unknown names and for layers that do not fit each other. */
export function network(config: TrainConfig, classes: number): Network {
  const members = membersOf(config)
  return members.length > 0 ? ensembleNetwork(config, members.map((member) => single(memberConfig(config, member), classes)), classes) : single(config, classes)
}

function single(config: TrainConfig, classes: number): Network {
  const definition = model(config.model)
  const probe = new Graph('probe')
  const wires = new Wires(probe, config.initializer, null, { training: false })
  wire(definition, wires, networkInputs(probe, config), config, classes)
  const layers = wires.declared
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
    build: (graph, inputs, options) => {
      const own = new Map(parameters.map((p) => [p.name, graph.parameter((options.prefix ?? '') + p.name, p.shape)]))
      const built = new Wires(graph, config.initializer, own, options)
      const outputs = wire(definition, built, inputs, config, classes)
      return { outputs, layers: built.layers, lastConv: built.lastConv, updates: built.updates, folded: built.folded, tapped: built.tapped, features: built.features }
    },
    initialWeights: (seed) => initialWeights(parameters, seed),
  }
}

/** What the task feeds the network, from placeholders of the features. */
function networkInputs(graph: Graph, config: TrainConfig): Values {
  const definition = task(config.task)
  const features = Object.entries(definition.features(config)).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, ['N', ...shape])] as const)
  return graph.in('preprocess', () => definition.preprocess(Object.fromEntries(features), config))
}

function wire(definition: ModelDef, wires: Wires, inputs: Values, config: TrainConfig, classes: number): Values {
  if ('wire' in definition) return definition.wire(wires, inputs, config, classes)
  const { x } = inputs
  if (!x) throw new LatheError('internal', `model ${config.model} takes x; the task ${config.task} gives ${Object.keys(inputs).join(', ')}`)
  const logits = definition.layers(config, classes).reduce((value, { name, spec }) => wires.layer(name, spec, value), wires.tap(x))
  return { logits }
}

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
  if (p.initial instanceof Float32Array) out.set(p.initial)
  else if (p.initial !== null) out.fill(p.initial)
  else initializer(p.initializer).fill(out, p.fan, random, p.shape)
}
