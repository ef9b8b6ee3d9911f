// Shape arithmetic with symbolic dimensions, shared by the operators' shape rules.
import { GraphError } from '../../graph/errors.ts'
import type { Dim, Shape, ValueType } from '../../graph/types.ts'

export const text = (shape: Shape): string => `[${shape.join(', ')}]`

/** `axis` counted from the front. */
export function axisOf(op: string, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis
  if (at < 0 || at >= rank) throw new GraphError(`${op}: axis ${axis} is outside a tensor of rank ${rank}`)
  return at
}

export function axesOf(op: string, axes: readonly number[], rank: number): number[] {
  const list = axes.map((a) => axisOf(op, a, rank))
  if (new Set(list).size !== list.length) throw new GraphError(`${op}: axes ${text(axes)} name one axis twice`)
  return list
}

/** Numpy broadcasting. A symbolic size meets 1 or itself; whether it is 1 cannot be known, so anything else is an error. */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1
    const y = b[i - rank + b.length] ?? 1
    if (x === y || y === 1) return x
    if (x === 1) return y
    throw new GraphError(`${op}: shapes ${text(a)} and ${text(b)} do not broadcast: ${x} against ${y}`)
  })
}

interface Product {
  readonly n: number
  readonly symbols: readonly string[]
}

function product(dims: Shape): Product {
  let n = 1
  const symbols: string[] = []
  for (const d of dims) {
    if (typeof d === 'number') n *= d
    else if (/[+\-/()]/.test(d)) symbols.push(d)
    else
      for (const part of d.split('*')) {
        if (/^\d+$/.test(part)) n *= Number(part)
        else symbols.push(part)
      }
  }
  return { n, symbols: symbols.sort() }
}

function dimOf({ n, symbols }: Product): Dim {
  if (symbols.length === 0 || n === 0) return n
  const parts = symbols.length === 1 ? symbols : symbols.map((s) => (/[+\-/]/.test(s) ? `(${s})` : s))
  return n === 1 ? parts.join('*') : [n, ...(symbols.length === 1 && /[+\-/]/.test(parts[0] ?? '') ? [`(${parts[0] ?? ''})`] : parts)].join('*')
}

/** Number of elements as a dimension, e.g. `784*N`. */
export const size = (dims: Shape): Dim => dimOf(product(dims))

/** `total / part` where it is a whole number whatever the symbols are, else null. */
export function quotient(total: Shape, part: Shape): Dim | null {
  const a = product(total)
  const b = product(part)
  const rest = [...a.symbols]
  for (const s of b.symbols) {
    const at = rest.indexOf(s)
    if (at < 0) return null
    rest.splice(at, 1)
  }
  if (b.n === 0 || a.n % b.n !== 0) return null
  return dimOf({ n: a.n / b.n, symbols: rest })
}

/** `d + k`; a symbolic size becomes an expression. */
export function plus(d: Dim, k: number): Dim {
  if (typeof d === 'number') return d + k
  const [, base = d, tail = '0'] = /^(.+?)([+-]\d+)$/.exec(d) ?? []
  const sum = Number(tail) + k
  return sum === 0 ? base : `${base}${sum > 0 ? '+' : ''}${sum}`
}

export function rankAtLeast(op: string, what: string, type: ValueType | null | undefined, rank: number): Shape {
  if (!type) throw new GraphError(`${op}: ${what} is missing`)
  if (type.shape.length < rank) throw new GraphError(`${op}: ${what} has shape ${text(type.shape)}, expected at least rank ${rank}`)
  return type.shape
}
