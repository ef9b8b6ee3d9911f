// What is known of shape arithmetic while a graph is built, and how sizes that are not known meet others.
import { describe, expect, it } from 'vitest'
import { add, cast, concat, constantOfShape, div, equal, expand, gather, max, mod, mul, neg, reduceProd, reshape, shape, slice, sub, transpose, unsqueeze, where } from '../ops/build.ts'
import { broadcast } from '../ops/support/shape.ts'
import { agrees, clearest, isFree, isOpen } from './dims.ts'
import { Graph, type Value } from './graph.ts'
import { knownElements, knownNumbers } from './known.ts'

function setup(): { g: Graph; sizes: Value; fed: Value; at: (i: number) => Value } {
  const g = new Graph('known')
  const sizes = shape(g.input('x', 'float32', ['n', 3, 'h', 8]))
  const at = (i: number): Value => gather(sizes, g.constant(BigInt64Array.of(BigInt(i)), 'int64', [1]))
  return { g, sizes, fed: g.input('fed', 'int64', [2]), at }
}

describe('knownElements', () => {
  const { g, sizes, fed, at } = setup()
  const one = g.ints([1])
  const cases: readonly (readonly [string, Value, readonly (number | string)[]])[] = [
    ['Shape', sizes, ['n', 3, 'h', 8]],
    ['Gather, from the end too', concat([at(1), at(-2)], 0), [3, 'h']],
    ['Slice', slice(sizes, { starts: [1], ends: [-1] }), [3, 'h']],
    ['Slice backwards', slice(sizes, { starts: [-1], ends: [0], steps: [-2] }), [8, 3]],
    ['Add and Sub', concat([add(at(0), g.ints([2])), sub(at(2), g.ints([1])), sub(at(3), at(1))], 0), ['n+2', 'h-1', 5]],
    ['Mul and Div', concat([mul(at(0), at(3)), div(at(3), g.ints([3])), div(at(2), g.ints([2]))], 0), ['8*n', 2, 'floor((h)/(2))']],
    ['Mod and Neg', concat([mod(at(3), g.ints([3])), neg(at(1))], 0), [2, -3]],
    ['Max of numbers', max(at(1), g.ints([7])), [7]],
    ['Cast and Unsqueeze', reshape(unsqueeze(cast(cast(at(0), 'int32'), 'int64'), [0]), [1]), ['n']],
    ['ConstantOfShape and Expand', concat([constantOfShape(g.ints([2]), 4, 'int64'), expand(one, [2])], 0), [4, 4, 1, 1]],
    ['Where of Equal: a size is not -1', where(equal(at(0), g.ints([-1])), one, at(0)), ['n']],
    ['ReduceProd', reduceProd(slice(sizes, { starts: [1], ends: [3] })), ['3*h']],
    ['pairs turned over, as pads are', reshape(transpose(slice(reshape(g.ints([1, 2, 3, 4]), [2, 2]), { starts: [-1], ends: [-9], steps: [-1] }), [1, 0]), [-1]), [3, 1, 4, 2]],
  ]
  it.each(cases)('%s', (_, value, expected) => {
    expect(knownElements(value)).toEqual(expected)
  })

  it('says which elements only the run tells', () => {
    const mixed = knownElements(concat([fed, at(1)], 0))
    expect(mixed?.map(isFree)).toEqual([true, true, false])
    expect(new Set(mixed).size).toBe(3)
    expect(knownNumbers(concat([fed, at(1)], 0))).toBeNull()
    expect(knownElements(g.input('many', 'int64', ['n']))).toBeNull()
    expect(knownElements(g.input('real', 'float32', [2]))).toBeNull()
  })
})

describe('sizes', () => {
  it('named ones are told apart, others may be equal', () => {
    expect([agrees('n', 'n'), agrees('n', 3), agrees('n', 'm'), agrees('n+1', 'n')]).toEqual([true, false, false, false])
    expect([agrees('?a', 3), agrees('2*(floor(h/2))', 'h')]).toEqual([true, true])
    expect([isOpen('?a'), isFree('floor(h/2)'), isOpen('floor(h/2)'), isOpen('n')]).toEqual([true, false, true, false])
    expect([clearest(['?a', 'h', 3]), clearest(['?a', 'h']), clearest(['?a', 'floor(h/2)'])]).toEqual([3, 'h', 'floor(h/2)'])
  })

  it('broadcast to what is surely right', () => {
    expect(broadcast('Add', ['?a', 'n', '?a'], [4, '?b', 1])).toEqual([4, '?max(?b, n)', '?a'])
    expect(() => broadcast('Add', ['n'], [4])).toThrow('n against 4')
  })

  it('expressions that would double with every node stay short', () => {
    const g = new Graph('doubling')
    let v = g.input('x', 'float32', ['n'])
    for (let i = 0; i < 40; i++) v = concat([v, v], 0)
    expect(String(v.shape[0]).length).toBeLessThan(420)
  })
})
