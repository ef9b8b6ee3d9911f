// Long vectors in pieces: arithmetic on a vector that is cut apart before it and joined after it is done on its parts.
import { Graph, type Node, type Value } from '../../graph/graph.ts'
import { knownNumbers } from '../../graph/known.ts'
import { isStatic } from '../../graph/types.ts'
import { concat, split } from '../../ops/build.ts'
import { typed } from '../../ops/support/rule.ts'
import { Copy, inBuildOrder } from './copy.ts'
import { foldedShape, shaped } from './fold.ts'

/** Operators that map each element by itself. */
export const ELEMENTWISE: ReadonlySet<string> = new Set(['Add', 'Sub', 'Mul', 'Div', 'Sqrt', 'Neg', 'Abs', 'Sign', 'Reciprocal', 'Max', 'Min', 'Pow', 'Exp', 'Log', 'Clip', 'Cast', 'Where', 'Greater', 'GreaterOrEqual', 'Less', 'LessOrEqual', 'Equal', 'And', 'Or', 'Not', 'Identity'])

/**
 * `source` with vectors of the total length of `sizes` kept as pieces of these sizes wherever only element-wise operators, Split, Concat
 * and Slice touch them. Pieces that fill blocks of `block` lie as the blocked layout takes them. The numbers are the same, bit for bit.
 */
export function inPieces(source: Graph, sizes: readonly number[], block = 0): Graph {
  return new Pieces(source, sizes, block).target
}

class Pieces {
  readonly target: Graph
  readonly #sizes: readonly number[]
  /** Of each piece while there is arithmetic on it. */
  readonly #shapes: readonly (readonly number[])[]
  readonly #length: number
  readonly #copy: Copy
  /** Values that, joined, are the vector. */
  readonly #parts = new Map<Value, readonly Value[]>()

  constructor(source: Graph, sizes: readonly number[], block: number) {
    this.target = new Graph(source.name)
    this.#sizes = sizes
    this.#shapes = sizes.map((n) => foldedShape(n, block) ?? [n])
    this.#length = sizes.reduce((a, b) => a + b, 0)
    this.#copy = new Copy(source, this.target)
    for (const name of source.outputs.keys()) this.target.reserve(name)
    for (const input of source.inputs) this.#copy.set(input, this.target.input(input.name, input.dtype, input.shape))
    for (const node of inBuildOrder(source)) this.target.in(node.scope, () => { this.#node(node) })
    for (const [name, value] of source.outputs) this.target.output(name, this.#whole(value))
  }

  #node(node: Node): void {
    const [y] = node.outputs
    const [x] = node.inputs
    if (node.op.name === 'Reshape' && x && y && isStatic(y.shape) && !this.#parts.has(x)) this.#copy.set(y, shaped(this.#whole(x), y.shape))
    else if (node.op.name === 'Reshape' && x && y && isStatic(y.shape) && this.#parts.get(x)?.length === 1) this.#copy.set(y, shaped(this.#parts.get(x)?.[0] ?? this.#whole(x), y.shape))
    else if (!y || !(this.#split(node) || this.#concat(node, y) || this.#slice(node, y) || this.#elementwise(node, y))) this.#copy.node(node, node.inputs.map((v) => v && this.#whole(v)))
  }

  #split(node: Node): boolean {
    const [x] = node.inputs
    if (node.op.name !== 'Split' || !x || x.shape.length !== 1 || !this.#canCut(x)) return false
    const parts = cut(this.#segments(x), node.outputs.map((v) => Number(v.shape[0])))
    node.outputs.forEach((v, i) => this.#parts.set(v, parts[i] ?? []))
    return true
  }

  #concat(node: Node, y: Value): boolean {
    if (node.op.name !== 'Concat' || y.shape.length !== 1 || Number(y.shape[0]) !== this.#length) return false
    this.#parts.set(y, node.inputs.flatMap((v) => (v ? this.#segments(v) : [])))
    return true
  }

  #slice(node: Node, y: Value): boolean {
    const [x, starts, , , steps] = node.inputs
    const start = starts && knownNumbers(starts)?.[0]
    if (node.op.name !== 'Slice' || !x || typeof start !== 'number' || start < 0 || steps || x.shape.length !== 1 || !this.#parts.has(x)) return false
    const n = Number(y.shape[0])
    this.#parts.set(y, cut(this.#segments(x), [start, n, Number(x.shape[0]) - start - n])[1] ?? [])
    return true
  }

  #elementwise(node: Node, y: Value): boolean {
    const long = (v: Value): boolean => v.shape.length === 1 && v.shape[0] === this.#length
    if (!ELEMENTWISE.has(node.op.name) || node.outputs.length > 1 || !long(y)) return false
    if (!node.inputs.every((v) => !v || long(v) || v.shape.every((d) => d === 1))) return false
    if (!node.inputs.some((v) => v && long(v) && this.#canCut(v))) return false
    const inputs = node.inputs.map((v) => (v && long(v) ? this.#cut(v) : v && this.#whole(v)))
    this.#parts.set(y, this.#sizes.flatMap((n, i) => this.target.append(node.op, inputs.map((v) => (v && 'graph' in v ? v : (v?.[i] ?? null))), node.attrs, [{ dtype: y.dtype, shape: this.#shapes[i] ?? [n] }])))
    return true
  }

  /** In parts already, or a leaf, which is cut once. */
  #canCut(v: Value): boolean {
    return this.#parts.has(v) || v.kind !== 'node'
  }

  #segments(v: Value): readonly Value[] {
    const known = this.#parts.get(v)
    if (known) return known
    return v.kind !== 'node' && v.shape[0] === this.#length ? this.#cut(v) : [this.#copy.of(v)]
  }

  /** In pieces of the sizes and shapes asked for. */
  #cut(v: Value): readonly Value[] {
    const known = this.#parts.get(v)
    const made = v.data && !known ? this.#constants(v) : cut(known ?? [this.#copy.of(v)], this.#sizes).map((parts) => joined(parts))
    const folded = made.map((piece, i) => shaped(piece, this.#shapes[i] ?? piece.shape))
    this.#parts.set(v, folded)
    return folded
  }

  #constants({ data, dtype }: Value): Value[] {
    const numbers = data?.data as Float32Array
    let at = 0
    return this.#sizes.map((n) => this.target.constant(dtype === 'float32' ? numbers.slice(at, (at += n)) : typed(dtype, [...numbers.slice(at, (at += n))]), dtype, [n]))
  }

  #whole(v: Value): Value {
    const known = this.#copy.get(v)
    const parts = this.#parts.get(v)
    if (known || !parts) return known ?? this.#copy.of(v)
    const made = joined(parts)
    this.#copy.set(v, made)
    return made
  }
}

function joined(parts: readonly Value[]): Value {
  const [first] = parts
  return first && parts.length === 1 ? flat(first) : concat(parts.map(flat), 0)
}

/** As the vector that it is. */
const flat = (v: Value): Value => (v.shape.length === 1 ? v : shaped(v, [lengthOf(v)]))

const lengthOf = (v: Value): number => v.shape.reduce<number>((n, d) => n * Number(d), 1)

/** Groups of values that, joined, have the sizes asked for; values that reach over an end are split. */
function cut(values: readonly Value[], sizes: readonly number[]): Value[][] {
  const bounds: number[] = []
  for (const n of sizes) bounds.push((bounds.at(-1) ?? 0) + n)
  const groups: Value[][] = sizes.map(() => [])
  let [at, group] = [0, 0]
  const place = (piece: Value): void => {
    while (at >= (bounds[group] ?? Infinity)) group++
    groups[group]?.push(piece)
    at += lengthOf(piece)
  }
  for (const v of values) {
    const end = at + lengthOf(v)
    const inside = bounds.filter((b) => b > at && b < end)
    if (inside.length === 0) place(v)
    else split(flat(v), [...inside, end].map((b, i) => b - (inside[i - 1] ?? at)), 0).forEach(place)
  }
  return groups
}
