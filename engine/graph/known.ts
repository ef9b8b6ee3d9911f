// What is known of the elements of small integer tensors while a graph is built: the arithmetic of shapes in exported models.
import { isFree, minus, plus, quotient, size, times } from './dims.ts'
import type { Node, Value } from './graph.ts'
import type { Dim, Shape } from './types.ts'

/** Longer lists are no shapes. */
const MAX_ELEMENTS = 1024
const INTEGERS: ReadonlySet<string> = new Set(['int64', 'int32'])

const memo = new WeakMap<Value, { readonly elements: Shape | null }>()

/**
 * Elements of a small integer tensor, row-major, as numbers, sizes (`N`, `2*N`) or, where nothing is known of one, a free symbol (`?…`).
 * Null where it is no such tensor, its length is not known, or nothing is known of it and it is no vector. Follows Shape and Size through slicing, joining and arithmetic.
 */
export function knownElements(value: Value): Shape | null {
  const known = memo.get(value)
  if (known) return known.elements
  const elements = find(value)
  memo.set(value, { elements })
  return elements
}

/** The same where every element is a number. */
export function knownNumbers(value: Value): readonly number[] | null {
  const elements = knownElements(value)
  return elements?.every((d) => typeof d === 'number') ? elements : null
}

function find(value: Value): Shape | null {
  const length = size(value.shape)
  if (value.data) return value.data.data.length <= MAX_ELEMENTS ? Array.from(value.data.data as ArrayLike<number | bigint | string>, Number) : null
  if (typeof length !== 'number' || length > MAX_ELEMENTS || !INTEGERS.has(value.dtype)) return null
  const node = value.producer?.op.domain === '' ? value.producer : null
  const found = node ? (rules[node.op.name]?.(node) ?? null) : null
  if (found?.length === length) return found
  if (value.shape.length > 1) return null
  return Array.from({ length }, (_, i) => `?${value.name.slice(0, 60)}.${value.id}[${i}]`)
}

type Rule = (node: Node) => Shape | null

const of = (node: Node, i: number): Shape | null => {
  const v = node.inputs[i]
  return v ? knownElements(v) : null
}

/** An input that is known through and through. */
const numbers = (node: Node, i: number): readonly number[] | null => {
  const v = node.inputs[i]
  return v ? knownNumbers(v) : null
}

const same: Rule = (node) => of(node, 0)

/** Element by element, scalars and single elements spread. */
const each = (f: (a: Dim, b: Dim) => Dim | null): Rule => (node) => {
  const [a, b] = [of(node, 0), of(node, 1)]
  if (!a || !b || !(a.length === 1 || b.length === 1 || node.inputs[0]?.shape.length === node.inputs[1]?.shape.length)) return null
  const count = a.length === 0 || b.length === 0 ? 0 : Math.max(a.length, b.length)
  const out: Dim[] = []
  for (let i = 0; i < count; i++) {
    const [x, y] = [a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i]]
    const z = x === undefined || y === undefined ? null : f(x, y)
    out.push(z ?? `?${node.op.name}.${node.id}[${i}]`)
  }
  return out
}

/** Parts of equal length, as many as the first axis is long. */
function rows(node: Node, i: number): Dim[][] | null {
  const [list, shape] = [of(node, i), node.inputs[i]?.shape]
  const count = shape?.[0]
  if (!list || typeof count !== 'number' || count === 0) return null
  const width = list.length / count
  return Array.from({ length: count }, (_, r) => list.slice(r * width, (r + 1) * width))
}

const whole = (f: (list: readonly number[]) => number): Rule => (node) => {
  const list = numbers(node, 0)
  return list && list.length > 0 && node.inputs[0]?.shape.length === 1 && !node.inputs[1] ? [f(list)] : null
}

const both = (f: (a: number, b: number) => number) => (a: Dim, b: Dim): Dim | null => (typeof a === 'number' && typeof b === 'number' ? f(a, b) : a === b ? a : null)

function attr(node: Node, name: string, fallback: number): number {
  const v = node.attrs[name]
  return typeof v === 'number' ? v : fallback
}

function cut<T>(list: readonly T[], start: number, end: number, step = 1): T[] {
  const n = list.length
  const at = (v: number, lo: number, hi: number): number => Math.min(Math.max(v < 0 ? v + n : v, lo), hi)
  const out: T[] = []
  if (step === 0) return out
  const [from, to] = step > 0 ? [at(start, 0, n), at(end, 0, n)] : [at(start, 0, n - 1), at(end, -1, n - 1)]
  for (let i = from; step > 0 ? i < to : i > to; i += step) out.push(...list.slice(i, i + 1))
  return out
}

function divided(a: Dim, b: Dim): Dim | null {
  if (typeof a === 'number' && typeof b === 'number') return b === 0 ? null : Math.trunc(a / b)
  if (b === 1) return a
  if (typeof b === 'number' && b < 1) return null
  return isFree(a) || isFree(b) ? null : (quotient([a], [b]) ?? `floor((${a})/(${b}))`)
}

const rules: Readonly<Record<string, Rule | undefined>> = {
  Shape: (node) => {
    const shape = node.inputs[0]?.shape
    return shape ? cut(shape, attr(node, 'start', 0), attr(node, 'end', shape.length)) : null
  },
  Size: (node) => (node.inputs[0] ? [size(node.inputs[0].shape)] : null),
  Identity: same,
  Cast: (node) => of(node, 0)?.map((d) => (typeof d === 'number' ? Math.trunc(d) : d)) ?? null,
  Reshape: same,
  Squeeze: same,
  Unsqueeze: same,
  Flatten: same,
  Concat: (node) => {
    const parts = node.inputs.map((_, i) => of(node, i))
    const axis = attr(node, 'axis', 0)
    if (axis !== 0 && axis !== -(node.inputs[0]?.shape.length ?? 0)) return null
    return parts.every((p) => p !== null) ? parts.flat() : null
  },
  Gather: (node) => {
    const [list, indices] = [of(node, 0), numbers(node, 1)]
    if (!list || !indices || node.inputs[0]?.shape.length !== 1) return null
    const out = indices.map((i) => list[i < 0 ? i + list.length : i])
    return out.every((d) => d !== undefined) ? out : null
  },
  Slice: (node) => {
    const [parts, starts, ends] = [rows(node, 0), numbers(node, 1), numbers(node, 2)]
    const [axes, steps] = [node.inputs[3] ? numbers(node, 3) : [0], node.inputs[4] ? numbers(node, 4) : [1]]
    const [start, end, step] = [starts?.[0], ends?.[0], steps?.[0]]
    const first = axes?.[0] === 0 || axes?.[0] === -(node.inputs[0]?.shape.length ?? 0)
    return parts && first && starts?.length === 1 && start !== undefined && end !== undefined && step !== undefined ? cut(parts, start, end, step).flat() : null
  },
  Transpose: (node) => {
    const [list, shape, perm] = [of(node, 0), node.inputs[0]?.shape, node.attrs['perm']]
    if (!list || shape?.length !== 2 || !Array.isArray(perm) || perm[0] !== 1) return null
    const [count, width] = [Number(shape[0]), Number(shape[1])]
    return list.map((_, i) => list[(i % count) * width + Math.floor(i / count)] ?? 0)
  },
  Range: (node) => {
    const [start, limit, delta] = [numbers(node, 0)?.[0], numbers(node, 1)?.[0], numbers(node, 2)?.[0]]
    if (start === undefined || limit === undefined || !delta) return null
    const count = Math.max(0, Math.ceil((limit - start) / delta))
    return count <= MAX_ELEMENTS ? Array.from({ length: count }, (_, i) => start + i * delta) : null
  },
  ConstantOfShape: (node) => {
    const [shape, value] = [numbers(node, 0), node.attrs['value']]
    const fill = typeof value === 'object' && 'dtype' in value ? value.data[0] : 0
    const count = shape?.reduce((a, b) => a * b, 1) ?? Infinity
    return count >= 0 && count <= MAX_ELEMENTS ? new Array<Dim>(count).fill(Number(fill ?? 0)) : null
  },
  Expand: (node) => {
    const [list, shape] = [of(node, 0), numbers(node, 1)]
    const [item, count] = [list?.[0], shape?.[0]]
    return item !== undefined && list?.length === 1 && shape?.length === 1 && count !== undefined && count <= MAX_ELEMENTS ? new Array<Dim>(Math.max(count, 1)).fill(item) : null
  },
  Where: (node) => {
    const [mask, yes, no] = [node.inputs[0], of(node, 1), of(node, 2)]
    const truth = mask && (mask.data ? Array.from(mask.data.data as ArrayLike<number | bigint | string>, Number) : compared(mask))
    if (!truth || !yes || !no) return null
    const out = Array.from({ length: Math.max(truth.length, yes.length, no.length) }, (_, i) => {
      const list = truth[truth.length === 1 ? 0 : i] ? yes : no
      return list[list.length === 1 ? 0 : i]
    })
    return out.every((d) => d !== undefined) ? out : null
  },
  Neg: (node) => of(node, 0)?.map((d, i) => (typeof d === 'number' ? -d : `?${node.op.name}.${node.id}[${i}]`)) ?? null,
  Add: each((a, b) => (typeof b === 'number' ? plus(a, b) : typeof a === 'number' ? plus(b, a) : null)),
  Sub: each((a, b) => (typeof b === 'number' ? plus(a, -b) : minus(a, b))),
  Mul: each((a, b) => times(a, b)),
  Div: each(divided),
  Mod: each((a, b) => (typeof a === 'number' && typeof b === 'number' && b !== 0 ? ((a % b) + b) % b : null)),
  Max: each(both(Math.max)),
  Min: each(both(Math.min)),
  ReduceProd: (node) => {
    const list = of(node, 0)
    return list && node.inputs[0]?.shape.length === 1 ? [size(list)] : null
  },
  ReduceMax: whole((list) => Math.max(...list)),
  ReduceMin: whole((list) => Math.min(...list)),
  ReduceSum: whole((list) => list.reduce((a, b) => a + b, 0)),
}

/** Equal of shape elements, as exporters write it before Where: a size is never -1, 0 or another negative number. */
function compared(mask: Value): readonly number[] | null {
  const node = mask.producer
  if (node?.op.name !== 'Equal' || mask.shape.length > 1) return null
  const [a, b] = [of(node, 0), of(node, 1)]
  if (!a || !b) return null
  const out: number[] = []
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const [x, y] = [a[a.length === 1 ? 0 : i], b[b.length === 1 ? 0 : i]]
    if (x === undefined || y === undefined) return null
    if (typeof x === 'number' && typeof y === 'number') out.push(Number(x === y))
    else if ((typeof x === 'number' && x < 0 && !isFree(y)) || (typeof y === 'number' && y < 0 && !isFree(x))) out.push(0)
    else return null
  }
  return out
}
