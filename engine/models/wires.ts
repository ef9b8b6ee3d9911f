// Wires: the wiring of one build: finds or declares the parameters of each layer, builds it, and keeps what it gave.
import { LatheError } from '../contract/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { layer as bind, type LayerSpec } from '../layers/index.ts'
import type { BoundLayer, Folding, LayerParameter } from '../layers/layer.ts'
import type { LayerOptions, Wiring } from './model.ts'
import type { BuildOptions, NetworkLayer, NetworkParameter } from './network.ts'

/** Layers whose output is a map of features for Grad-CAM, and those that keep it one when they follow. */
const CONVOLUTIONS: ReadonlySet<string> = new Set(['conv2d', 'depthwise-conv2d', 'separable-conv2d', 'residual', 'squeeze-excite', 'u-net'])
const FOLLOWERS: ReadonlySet<string> = new Set(['batch-norm', 'group-norm', 'instance-norm', 'relu', 'leaky-relu', 'prelu', 'relu6', 'elu', 'selu', 'celu', 'gelu', 'silu', 'mish', 'hard-swish', 'hard-tanh', 'softplus', 'tanh'])

/** Name of the pseudo layer of a parameter that belongs to none. */
const OWN = 'parameter'

export class Wires implements Wiring {
  readonly layers = new Map<string, Value>()
  readonly updates = new Map<string, Value>()
  readonly folded = new Map<string, Float32Array>()
  /** Of what was declared, in order; empty where parameters were given. */
  readonly declared: NetworkLayer[] = []
  lastConv: Value | null = null
  tapped: Value | null = null
  features: Value | null = null
  readonly #graph: Graph
  readonly #options: BuildOptions
  readonly #initializer: string
  readonly #parameters: Map<string, Value>
  readonly #declares: boolean
  readonly #folding: Folding | undefined
  readonly #uses = new Map<string, number>()
  #pending: Value | null = null

  /** `parameters`: by name; null declares them in `graph` as layers ask for them. */
  constructor(graph: Graph, initializer: string, parameters: ReadonlyMap<string, Value> | null, options: BuildOptions) {
    this.#graph = graph
    this.#initializer = initializer
    this.#parameters = new Map(parameters)
    this.#declares = parameters === null
    this.#options = options
    this.#folding = options.fold && foldingOf(graph, options.fold, this.folded)
  }

  get training(): boolean {
    return this.#options.training
  }

  get rows(): Value | undefined {
    return this.#options.rows
  }

  layer(name: string, spec: LayerSpec, x: Value, options: LayerOptions = {}): Value {
    const bound = bind(spec)
    const shape = sizes(name, x)
    if (bound.parameters(shape).length > 0) this.features = x
    const use = (this.#uses.get(name) ?? 0) + 1
    this.#uses.set(name, use)
    if (this.#declares) this.#declare(name, bound, shape, use)
    const value = this.#graph.in(name, () => this.#build(name, bound, x, { ...options, training: this.training && !this.#stands(name, bound, shape) }, use))
    this.layers.set(use === 1 ? name : `${name}:${use}`, value)
    this.#follow(bound.type, x, value)
    return value
  }

  parameter(name: string, parameter: Omit<LayerParameter, 'name'>): Value {
    const known = this.#parameters.get(name)
    if (known) return known
    if (!this.#declares) throw new LatheError('internal', `the network has no parameter '${name}'`)
    const declared = this.#declared('', { ...parameter, name })
    this.declared.push({ name, type: OWN, input: [], output: parameter.shape, parameters: [declared], multiplyAdds: 0 })
    return this.#add(declared)
  }

  tap(x: Value): Value {
    if (this.tapped) return x
    this.tapped = this.#options.tap?.(x) ?? x
    return this.tapped
  }

  map(x: Value): void {
    this.lastConv = x
  }

  stretch(name: string, type: string, from: Value, to: Value, multiplyAdds: number): void {
    if (this.#declares) this.declared.push({ name, type, input: sizes(name, from), output: sizes(name, to), parameters: [], multiplyAdds })
    this.layers.set(name, to)
  }

  #declare(name: string, bound: BoundLayer, shape: readonly number[], use: number): void {
    const parameters = use === 1 ? bound.parameters(shape).map((p) => this.#declared(`${name}.`, p)) : []
    for (const p of parameters) this.#add(p)
    this.declared.push({ name: use === 1 ? name : `${name}:${use}`, type: bound.type, input: shape, output: bound.outputShape(shape), parameters, multiplyAdds: bound.multiplyAdds(shape) })
  }

  #declared(prefix: string, p: LayerParameter): NetworkParameter {
    return { name: prefix + p.name, shape: p.shape, initializer: p.initializer ?? this.#initializer, initial: p.initial ?? null, fan: p.fan, decay: p.decay, trainable: p.trainable ?? true, frozen: p.frozen ?? false }
  }

  #add({ name, shape }: NetworkParameter): Value {
    const value = this.#graph.parameter(name, shape)
    this.#parameters.set(name, value)
    return value
  }

  #build(name: string, bound: BoundLayer, x: Value, given: LayerOptions & { readonly training: boolean }, use: number): Value {
    const { rows, keepMask } = this.#options
    return bound.build(x, {
      ...given,
      rows,
      folding: this.#folding,
      parameter: (of) => {
        const found = this.#parameters.get(`${name}.${of}`)
        if (!found) throw new LatheError('internal', `layer ${name} has no parameter '${of}'`)
        return found
      },
      update: (of, next) => {
        this.updates.set(`${name}.${of}`, next)
      },
      keepMask: (of, rate, part) => {
        const full = (part === undefined ? name : `${name}.${part}`) + (use === 1 ? '' : `:${use}`)
        if (!keepMask) throw new LatheError('internal', `layer ${full} needs a keepMask to be built for training`)
        return keepMask(full, of.shape, rate, of.shared ?? false)
      },
    })
  }

  /** Statistics and dropout of a frozen layer are part of what stands still. */
  #stands(name: string, bound: BoundLayer, shape: readonly number[]): boolean {
    const { frozen } = this.#options
    if (!frozen || frozen.size === 0) return false
    const trained = bound.parameters(shape).filter((p) => p.trainable !== false)
    return trained.length > 0 && trained.every((p) => frozen.has(`${name}.${p.name}`))
  }

  #follow(type: string, x: Value, value: Value): void {
    const follows = CONVOLUTIONS.has(type) || (FOLLOWERS.has(type) && this.#pending === x)
    if (!follows) return
    this.#pending = value
    if (value.shape.length === 4) this.lastConv = value
  }
}

function sizes(name: string, x: Value): number[] {
  return x.shape.slice(1).map((size) => {
    if (typeof size !== 'number') throw new LatheError('internal', `layer ${name}: its input [${x.shape.join(', ')}] must have known sizes behind the batch`)
    return size
  })
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
