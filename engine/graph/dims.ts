// Arithmetic of sizes: a dimension is a number, a symbol (`N`), an expression of symbols (`2*N`, `N+1`) or free (`?…`).
import type { Dim, Shape } from './types.ts'

/**
 * A size about which nothing is known before the run, such as an element of a fed shape. It may meet any size;
 * the runtime finds out. Named symbols may not: `N` against 3 is an error.
 */
export const isFree = (d: Dim | undefined): boolean => typeof d === 'string' && d.includes('?')

/** Free, or an expression that may turn out equal to others that read differently: `2*floor(h/2)` against `h`. */
export const isOpen = (d: Dim | undefined): boolean => typeof d === 'string' && /\?|floor|min|slice|expr_/.test(d)

/** Sizes that are equal, or may be as far as is known. */
export const agrees = (a: Dim | undefined, b: Dim | undefined): boolean => a === b || isOpen(a) || isOpen(b)

/** Of sizes that must be equal the one that says most: a number, else a plain symbol. */
export const clearest = (dims: Shape): Dim => dims.find((d) => typeof d === 'number') ?? dims.find((d) => !isOpen(d)) ?? dims.find((d) => !isFree(d)) ?? dims[0] ?? 1

interface Product {
  readonly n: number
  readonly symbols: readonly string[]
}

function factors(dims: Shape): Product {
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
export const size = (dims: Shape): Dim => dimOf(factors(dims))

/** `total / part` where it is a whole number whatever the symbols are, else null. */
export function quotient(total: Shape, part: Shape): Dim | null {
  const a = factors(total)
  const b = factors(part)
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

/** `a - b`, null where it cannot be said. */
export function minus(a: Dim, b: Dim): Dim | null {
  if (typeof b === 'number') return plus(a, -b)
  return a === b ? 0 : null
}

/** `a * b`. */
export const times = (a: Dim, b: Dim): Dim => size([a, b])
