// Layout assignment: builds the parts of a forward graph that gain from it again on blocked values, with reorders at their borders.
import type { Graph, Node, Value } from '../../graph/graph.ts'
import { apply, type GradRule } from '../../graph/op.ts'
import { topological } from '../../graph/order.ts'
import { batchNormOf, type BatchNormRegion } from '../../graph/regions.ts'
import { isStatic, sameShape, type Attributes } from '../../graph/types.ts'
import { mul, reshape } from '../../ops/build.ts'
import { must } from '../../ops/support/rule.ts'
import { normalise } from './batch-norm.ts'
import { convolve, strips } from './conv.ts'
import { ReluMasks, positive } from './masks.ts'
import { halve } from './max-pool.ts'
import { toBlocked, toStandard } from './operators.ts'

/** Operators that map each element by itself: they run on blocked values as they are. */
const ELEMENTWISE: ReadonlySet<string> = new Set(['Relu', 'LeakyRelu', 'Elu', 'Selu', 'Celu', 'Sigmoid', 'Tanh', 'Softplus', 'HardSigmoid', 'HardSwish', 'Add', 'Sub', 'Mul'])

const reluRule: GradRule<Attributes> = (ctx) => [mul(must(ctx.grads, 0), positive(must(ctx.outputs, 0)))]

export interface Lowered {
  /** What `value` of the graph given has become, in standard order. */
  of(value: Value): Value
  /** Parameters whose data are in blocked order from now on (`blockedOrder`). */
  readonly reordered: ReadonlySet<Value>
}

/**
 * Everything that `roots` depend on, lowered: 3 × 3 and 1 × 1 convolutions of stride 1 that keep the size, with ReLU, halving max
 * pooling and batch normalisation, where channels (of the first one: filters) are multiples of `block` and the batch is, or its pictures
 * can be cut into strips (`strips`); the rest stays and is fed in standard
 * order. Adds nodes to the same graph; those that are replaced are no longer used. Differentiate what `of` gives.
 */
export function lower(graph: Graph, roots: readonly Value[], block: number): Lowered {
  return new Lowering(graph, roots, block)
}

class Lowering implements Lowered {
  readonly reordered = new Set<Value>()
  readonly #graph: Graph
  readonly #block: number
  readonly #users = new Map<Value, number>()
  readonly #next = new Map<Value, Node>()
  readonly #learned = new Set<Value>()
  readonly #standard = new Map<Value, Value>()
  readonly #blocked = new Map<Value, Value>()
  readonly #normalised = new Set<Value>()
  readonly #masks = new ReluMasks()

  constructor(graph: Graph, roots: readonly Value[], block: number) {
    this.#graph = graph
    this.#block = block
    const order = topological(graph, roots)
    for (const v of roots) this.#users.set(v, (this.#users.get(v) ?? 0) + 1)
    for (const p of graph.parameters) this.#learned.add(p)
    for (const node of order) {
      for (const v of node.inputs) {
        if (!v) continue
        this.#users.set(v, (this.#users.get(v) ?? 0) + 1)
        this.#next.set(v, node)
      }
      if (node.inputs.some((v) => v && this.#learned.has(v))) for (const v of node.outputs) this.#learned.add(v)
    }
    for (const node of order) graph.in(node.scope, () => { this.#lower(node) })
  }

  of(value: Value): Value {
    const known = this.#standard.get(value)
    if (known) return known
    const blocked = this.#blocked.get(value)
    if (!blocked) return value
    const made = toStandard(blocked)
    this.#standard.set(value, made)
    return made
  }

  /** `value` in blocked order, reordered where it is not. */
  #blockedOf(value: Value): Value {
    const known = this.#blocked.get(value)
    if (known) return known
    const made = toBlocked(this.of(value))
    this.#blocked.set(value, made)
    return made
  }

  #lower(node: Node): void {
    if (node.outputs.some((v) => this.#blocked.has(v) || this.#standard.has(v))) return
    const region = node.outputs.map(batchNormOf).find((r) => r !== null)
    // Its outputs come one by one, and that before a fused ReLU is nobody's.
    if (region && this.#normalised.has(region.y)) return
    if (region && this.#fits(region.x) && this.#blocked.has(region.x)) this.#batchNorm(region)
    else if (!(this.#convolution(node) || this.#pooling(node) || this.#elementwise(node))) this.#copy(node)
  }

  /** [N, C, H, W] that can be blocked. */
  #fits({ dtype, shape }: Value): boolean {
    return dtype === 'float32' && shape.length === 4 && isStatic(shape) && (shape[1] ?? 1) % this.#block === 0
  }

  /** The ReLU that alone uses `value`: what makes `value` can do it on the way. */
  #onlyRelu(value: Value): Value | null {
    const next = this.#next.get(value)
    return this.#users.get(value) === 1 && next?.op.name === 'Relu' ? (next.outputs[0] ?? null) : null
  }

  #convolution(node: Node): boolean {
    const [x, w, b] = node.inputs
    const y = node.outputs[0]
    if (node.op.name !== 'Conv' || node.op.domain !== '' || !x || !w || !y || !isStatic(x.shape) || !isStatic(w.shape) || w.shape.length !== 4 || w.kind !== 'parameter') return false
    const kernel = w.shape[2] ?? 0
    const same = (name: string, wanted: number): boolean => [node.attrs[name] ?? wanted].flat().every((v) => v === wanted)
    if (!((kernel === 1 || kernel === 3) && w.shape[3] === kernel && node.attrs['group'] === 1 && same('strides', 1) && same('dilations', 1))) return false
    if (node.attrs['pads'] === undefined ? kernel !== 1 : !same('pads', (kernel - 1) / 2)) return false
    if (strips(x.shape[0] ?? 1, x.shape[2] ?? 1, this.#block) === null) return false
    const few = (x.shape[1] ?? 0) < this.#block
    if (!this.#fits(y) || !(few ? !this.#learned.has(x) : this.#fits(x)) || this.#users.get(w) !== 1) return false
    const relu = this.#onlyRelu(y)
    const made = convolve(few ? this.of(x) : this.#blockedOf(x), w, b ? this.of(b) : null, { block: this.#block, kernel, relu: relu !== null }, this.#masks)
    this.#blocked.set(relu ?? y, made)
    this.reordered.add(w)
    return true
  }

  #pooling(node: Node): boolean {
    const [x] = node.inputs
    const [y, indices] = node.outputs
    if (node.op.name !== 'MaxPool' || !x || !y || !this.#blocked.has(x) || (indices && this.#users.has(indices))) return false
    const { kernel_shape: kernel, strides, pads, dilations } = node.attrs
    const all = (v: unknown, wanted: number): boolean => Array.isArray(v) && v.every((n) => n === wanted)
    if (!all(kernel, 2) || !all(strides, 2) || !all(pads ?? [], 0) || !all(dilations ?? [], 1)) return false
    if (Number(x.shape[2]) % 2 !== 0 || Number(x.shape[3]) % 2 !== 0) return false
    this.#blocked.set(y, halve(this.#blockedOf(x), this.#block, this.#masks))
    return true
  }

  #elementwise(node: Node): boolean {
    const y = node.outputs[0]
    if (!y || !ELEMENTWISE.has(node.op.name) || !node.inputs.every((v) => v && (v.shape.length === 0 || (this.#blocked.has(v) && sameShape(v.shape, y.shape))))) return false
    if (!node.inputs.some((v) => v && this.#blocked.has(v))) return false
    const inputs = node.inputs.map((v) => (!v ? null : v.shape.length === 0 ? this.of(v) : this.#blockedOf(v)))
    const rule = node.op.name === 'Relu' ? { ...node.op, grad: reluRule } : node.op
    const made = apply(rule, inputs, node.attrs)[0]
    if (made) this.#blocked.set(y, made)
    return made !== undefined
  }

  #batchNorm(region: BatchNormRegion): void {
    this.#normalised.add(region.y)
    const relu = this.#onlyRelu(region.y)
    const { y, mean, variance } = normalise({ x: this.#blockedOf(region.x), weight: this.of(region.weight), bias: this.of(region.bias), epsilon: region.epsilon, shares: region.shares && this.of(region.shares), relu: relu !== null }, this.#block, this.#masks)
    this.#blocked.set(relu ?? region.y, y)
    this.#standard.set(region.mean, reshape(mean, region.mean.shape))
    this.#standard.set(region.variance, reshape(variance, region.variance.shape))
  }

  /** The same node on what its inputs have become. */
  #copy(node: Node): void {
    const inputs = node.inputs.map((v) => v && this.of(v))
    if (inputs.every((v, i) => v === node.inputs[i])) return
    const made = apply(node.op, inputs, node.attrs, this.#graph)
    node.outputs.forEach((v, i) => {
      const now = made[i]
      if (now) this.#standard.set(v, now)
    })
  }
}
