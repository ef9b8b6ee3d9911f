// Einstein summation: an equation parsed against the ranks of its operands; ellipses become letters of their own.
import { GraphError } from '../../graph/errors.ts'
import type { Dim, Shape } from '../../graph/types.ts'
import { must } from './rule.ts'
import { text } from './shape.ts'

export interface Equation {
  /** One letter an axis, for each operand. */
  readonly terms: readonly string[]
  readonly output: string
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Throws GraphError where the equation is malformed or does not fit the ranks. */
export function parseEquation(equation: string, ranks: readonly number[]): Equation {
  const fail = (what: string): never => {
    throw new GraphError(`Einsum: equation '${equation}': ${what}`)
  }
  const [left = '', right, ...more] = equation.replaceAll(/\s/g, '').split('->')
  if (more.length > 0) fail(`more than one '->'`)
  const raw = left.split(',')
  if (raw.length !== ranks.length) fail(`${raw.length} terms for ${ranks.length} operands`)
  for (const term of right === undefined ? raw : [...raw, right]) if (!/^[A-Za-z]*(\.\.\.)?[A-Za-z]*$/.test(term)) fail(`'${term}' is no term of letters with at most one '...'`)
  const extra = raw.map((term, i) => {
    const named = term.replace('...', '').length
    const rest = must(ranks, i) - named
    if (rest < 0 || (rest > 0 && !term.includes('...'))) fail(`term '${term}' names ${named} axes, operand ${i} has ${must(ranks, i)}`)
    return rest
  })
  const most = Math.max(...extra, 0)
  const free = Array.from(LETTERS).filter((c) => !equation.includes(c)).slice(0, most)
  if (free.length < most) fail('too many axes for the letters there are')
  const terms = raw.map((term, i) => term.replace('...', free.slice(most - must(extra, i)).join('')))
  if (right !== undefined && most > 0 && !right.includes('...')) fail(`the output '${right}' leaves out the ellipsis`)
  if (right !== undefined) {
    const output = right.replace('...', free.join(''))
    if (new Set(output).size !== output.length) fail(`the output '${right}' names an axis twice`)
    for (const c of output) if (!terms.some((t) => t.includes(c))) fail(`the output names '${c}', which no term has`)
    return { terms, output }
  }
  const all = raw.join('').replaceAll('...', '')
  const once = [...new Set(all)].filter((c) => all.indexOf(c) === all.lastIndexOf(c)).sort()
  return { terms, output: [...free, ...once].join('') }
}

export const written = ({ terms, output }: Equation): string => `${terms.join(',')}->${output}`

/** Size of each letter; a size of 1 meets any other. */
export function letterSizes({ terms }: Equation, shapes: readonly Shape[]): Map<string, Dim> {
  const sizes = new Map<string, Dim>()
  terms.forEach((term, k) => {
    Array.from(term).forEach((c, axis) => {
      const d = must(must(shapes, k), axis)
      const known = sizes.get(c)
      if (known !== undefined && known !== 1 && d !== 1 && known !== d) throw new GraphError(`Einsum: axis '${c}' is ${known} in one operand and ${d} in operand ${k}, ${text(must(shapes, k))}`)
      if (known === undefined || known === 1) sizes.set(c, d)
    })
  })
  return sizes
}
