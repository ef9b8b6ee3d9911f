// Tests of Einsum.
import { describe, expect, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { Graph } from '../graph/graph.ts'
import { apply } from '../graph/op.ts'
import { Einsum, einsum } from './einsum.ts'

/** The sum by the definition; ellipses must be written as letters. */
function direct(equation: string, shapes: readonly (readonly number[])[], data: readonly (readonly number[])[]): number[] {
  const [left = '', right = ''] = equation.split('->')
  const terms = left.split(',')
  const sizes = new Map<string, number>()
  for (const [k, t] of terms.entries()) for (const [i, c] of Array.from(t).entries()) sizes.set(c, Math.max(sizes.get(c) ?? 1, shapes[k]?.[i] ?? 1))
  const indices = (letters: readonly string[]): Map<string, number>[] => letters.reduce<Map<string, number>[]>((all, c) => all.flatMap((m) => Array.from({ length: sizes.get(c) ?? 1 }, (_, i) => new Map<string, number>([...m, [c, i]]))), [new Map<string, number>()])
  const summed = [...sizes.keys()].filter((c) => !right.includes(c))
  return indices(Array.from(right)).map((o) =>
    indices(summed).reduce((sum, s) => {
      const at = new Map([...o, ...s])
      return sum + terms.reduce((p, t, k) => p * (data[k]?.[Array.from(t).reduce((n, c, i) => n * (shapes[k]?.[i] ?? 1) + ((shapes[k]?.[i] ?? 1) === 1 ? 0 : (at.get(c) ?? 0)), 0)] ?? NaN), 1)
    }, 0))
}

describe('Einsum', () => {
  it.each([
    { equation: 'ij,jk->ik', shapes: [[2, 3], [3, 4]] },
    { equation: 'bqd,bkd->bqk', shapes: [[2, 3, 2], [2, 4, 2]] },
    { equation: 'bqhd,bkhd->bhqk', shapes: [[2, 2, 2, 3], [2, 3, 2, 3]] },
    { equation: 'ij->ji', shapes: [[2, 3]] },
    { equation: 'bij->b', shapes: [[2, 3, 2]] },
    { equation: 'bi,bi->b', shapes: [[2, 3], [2, 3]] },
    { equation: 'bi,bj,ijk->bk', shapes: [[2, 2], [2, 3], [2, 3, 2]] },
    { equation: 'bii->bi', shapes: [[2, 3, 3]] },
    { equation: 'bii->b', shapes: [[2, 3, 3]] },
    { equation: 'bij,jk->bi', shapes: [[2, 2, 3], [3, 2]] },
  ])('$equation', ({ equation, shapes }) => checkOp({ build: (...xs) => einsum(equation, xs), inputs: shapes.map((shape) => ({ shape })), second: true, batch: equation.startsWith('b') ? shapes.flatMap((_, k) => (equation.split('->')[0]?.split(',')[k]?.startsWith('b') ? [k] : [])) : undefined, reference: (...data) => direct(equation, shapes, data) }))

  it('lets an ellipsis broadcast', () => checkOp({ build: (a, b) => einsum('...ij,...jk->...ik', [a, b]), inputs: [{ shape: [2, 1, 2, 3] }, { shape: [2, 3, 2] }], reference: (...data) => direct('ABij,Bjk->ABik', [[2, 1, 2, 3], [2, 3, 2]], data) }))
  it('keeps the ellipses of an imported node', () => checkOp({ build: (a, b) => apply(Einsum, [a, b], { equation: '...ij,...jk->...ik' }), inputs: [{ shape: [2, 2, 3] }, { shape: [2, 3, 2] }], batch: [0, 1], reference: (...data) => direct('Aij,Ajk->Aik', [[2, 2, 3], [2, 3, 2]], data) }))
  it('finds the output where none is written', () => checkOp({ build: (a, b) => einsum('kj, ji', [a, b]), inputs: [{ shape: [2, 3] }, { shape: [3, 4] }], reference: (...data) => direct('kj,ji->ik', [[2, 3], [3, 4]], data) }))
  it('gives a scalar', () => checkOp({ build: (a, b) => einsum('i,i->', [a, b]), inputs: [{ shape: [3] }, { shape: [3] }], second: true, reference: (a, b) => [a.reduce((s, v, i) => s + v * (b[i] ?? NaN), 0)] }))

  it('names what is wrong', () => {
    const g = new Graph('t')
    const [a, b] = [g.input('a', 'float32', [2, 3]), g.input('b', 'float32', [4, 2])]
    expect(() => einsum('ij,jk->ik', [a, b])).toThrow(`Einsum: axis 'j' is 3 in one operand and 4 in operand 1, [4, 2]`)
    expect(() => einsum('ij->ij', [a, b])).toThrow('1 terms for 2 operands')
    expect(() => einsum('i,jk->ik', [a, b])).toThrow(`term 'i' names 1 axes, operand 0 has 2`)
    expect(() => einsum('ij->ik', [a])).toThrow(`the output names 'k', which no term has`)
    expect(() => einsum('...j->j', [a])).toThrow(`the output 'j' leaves out the ellipsis`)
    expect(() => einsum('ij->ii', [a])).toThrow('names an axis twice')
  })
})
