// s · x + y in one pass over memory where s is a scalar, as a depthwise 1 × 1 convolution on blocks that adds a vector or a bias.
import { Graph, type Node, type Value } from '../../graph/graph.ts'
import { isStatic } from '../../graph/types.ts'
import { mul, neg, reshape } from '../../ops/build.ts'
import { product } from '../../layers/shapes.ts'
import { pointwise } from '../blocked/operators.ts'
import { Copy, inBuildOrder } from './copy.ts'
import { foldedShape, shaped } from './fold.ts'

/**
 * `source` with s · x + y, y + s · x and y − s · x, where s is a scalar and y a scalar or of x's shape, each made one operator of the
 * blocked layout. The product is rounded before it is added, as it was: the numbers stay the same, bit for bit.
 */
export function fuseMultiplyAdd(source: Graph, block: number): Graph {
  const order = inBuildOrder(source)
  const found = matches(source, order, block)
  if (found.size === 0) return source
  const products = new Set([...found.values()].map((f) => f.product))
  const target = new Graph(source.name)
  for (const name of source.outputs.keys()) target.reserve(name)
  const copy = new Copy(source, target)
  for (const input of source.inputs) copy.set(input, target.input(input.name, input.dtype, input.shape))
  const channels = new Channels(block)
  for (const node of order) {
    const match = found.get(node)
    const [out] = node.outputs
    if (match && out) copy.set(out, target.in(node.scope, () => fused(match, copy, channels, block)))
    else if (!products.has(node)) copy.node(node)
  }
  for (const [name, value] of source.outputs) target.output(name, copy.of(value))
  return target
}

/** y ± s · x. */
interface MultiplyAdd {
  readonly product: Node
  readonly x: Value
  readonly s: Value
  readonly y: Value
  readonly negative: boolean
  readonly folded: readonly number[]
}

const isScalar = (v: Value): boolean => v.dtype === 'float32' && v.shape.every((d) => d === 1)

function matches(source: Graph, order: readonly Node[], block: number): Map<Node, MultiplyAdd> {
  const users = new Map<Value, number>()
  for (const v of [...order.flatMap((n) => n.inputs), ...source.outputs.values()]) if (v) users.set(v, (users.get(v) ?? 0) + 1)
  const found = new Map<Node, MultiplyAdd>()
  const taken = new Set<Node>()
  for (const node of order) {
    const match = matched(node, block, (v) => users.get(v) === 1 && v.producer !== null && !taken.has(v.producer))
    if (!match) continue
    found.set(node, match)
    taken.add(match.product)
  }
  return found
}

function matched(node: Node, block: number, free: (v: Value) => boolean): MultiplyAdd | null {
  const [a, b] = node.inputs
  const [out] = node.outputs
  const negative = node.op.name === 'Sub'
  if (node.op.domain !== '' || (node.op.name !== 'Add' && !negative) || !a || !b || !out) return null
  const folded = out.dtype === 'float32' && isStatic(out.shape) ? foldedShape(product(out.shape), block) : null
  if (!folded) return null
  const fits = (v: Value): boolean => v.shape.length === out.shape.length && v.shape.every((d, i) => d === out.shape[i])
  for (const [term, y] of negative ? [[b, a] as const] : [[a, b] as const, [b, a] as const]) {
    const from = term.producer
    if (!from || from.op.name !== 'Mul' || from.op.domain !== '' || !free(term) || !fits(term) || !(fits(y) || isScalar(y))) continue
    const [p, q] = from.inputs
    const [x, s] = q && isScalar(q) ? [p, q] : [q, p]
    if (x && s && isScalar(s) && fits(x)) return { product: from, x, s, y, negative, folded }
  }
  return null
}

function fused({ x, s, y, negative, folded }: MultiplyAdd, copy: Copy, channels: Channels, block: number): Value {
  const fold = (v: Value): Value => shaped(copy.of(v), folded)
  const factors = channels.of(copy.of(s), negative)
  const made = isScalar(y) ? pointwise(fold(x), factors, { bias: reshape(channels.of(copy.of(y), false), [block]) }) : pointwise(fold(x), factors, { sum: fold(y) })
  return shaped(made, x.shape)
}

/** Scalars, once for each channel of a block: [block, 1, 1, 1]. */
class Channels {
  readonly #block: number
  readonly #made = new Map<Value, Value>()
  readonly #opposite = new Map<Value, Value>()

  constructor(block: number) {
    this.#block = block
  }

  of(s: Value, negative: boolean): Value {
    const made = this.#made.get(s) ?? this.#spread(s)
    this.#made.set(s, made)
    if (!negative) return made
    const turned = this.#opposite.get(made) ?? neg(made)
    this.#opposite.set(made, turned)
    return turned
  }

  #spread(s: Value): Value {
    const all = (v: number): Value => s.graph.constant(new Float32Array(this.#block).fill(v), 'float32', [this.#block, 1, 1, 1])
    return s.data ? all(Number(s.data.data[0])) : mul(all(1), s)
  }
}
