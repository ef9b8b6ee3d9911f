// Building: names, shared constants, scopes, and the errors of wrong use.
import { describe, expect, it } from 'vitest'
import { add, conv, gemm, identity, relu } from '../ops/build.ts'
import { Add } from '../ops/add.ts'
import { Softmax } from '../ops/softmax.ts'
import { Graph } from './graph.ts'
import { apply } from './op.ts'
import { topological } from './order.ts'

describe('Graph', () => {
  it('refuses a name twice', () => {
    const g = new Graph('g')
    g.input('x', 'float32', [1])
    expect(() => g.parameter('x', [1])).toThrow("the name 'x' is taken in graph 'g'")
    g.output('y', g.scalar(1))
    expect(() => {
      g.output('y', g.scalar(1))
    }).toThrow("output 'y' is declared twice")
  })

  it('shares small equal constants, and tells 0 from -0 and int64 from float32', () => {
    const g = new Graph('g')
    expect(g.scalar(1)).toBe(g.scalar(1))
    expect(g.scalar(0)).not.toBe(g.scalar(-0))
    expect(g.ints([1])).not.toBe(g.constant(Float32Array.of(1), 'float32', [1]))
    expect(() => g.constant(Float32Array.of(1, 2), 'float32', [3])).toThrow('constant has 2 elements, its shape [3] needs 3')
  })

  it('names nodes after their scopes, and leaves a scope when its body throws', () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [1])
    const y = g.in('block', () => g.in('conv1', () => relu(x)))
    expect(y.producer?.scope).toBe('block/conv1')
    expect(() =>
      g.in('bad', () => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(relu(y).producer?.scope).toBe('')
  })

  it('refuses values of another graph', () => {
    const [a, b] = [new Graph('a'), new Graph('b')]
    expect(() => add(a.input('x', 'float32', [1]), b.input('y', 'float32', [1]))).toThrow("Add: 'y' belongs to another graph ('b', not 'a')")
    expect(() => {
      a.output('y', b.scalar(1))
    }).toThrow("output 'y' belongs to graph 'b', not to 'a'")
  })

  it('binds parameters only', () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [1])
    expect(() => {
      g.bind(x, x)
    }).toThrow("'x' is a input; only parameters can be bound")
  })
})

describe('replace', () => {
  it('lets a value stand for what a node gives, which is then not computed', () => {
    const g = new Graph('g')
    const x = g.input('x', 'float32', [1])
    const [y, by] = [relu(x), add(x, 1)]
    g.replace(y, by)
    expect(topological(g, [add(y, 2)]).map((n) => n.op.name)).toEqual(['Add', 'Add'])
    expect(() => { g.replace(y, by) }).toThrow('has been replaced already')
    expect(() => { g.replace(x, by) }).toThrow("'x' is a input; only what a node gives can be replaced")
  })
})

describe('apply', () => {
  const g = new Graph('g')
  const x = g.input('x', 'float32', ['N', 3])
  const i = g.input('i', 'int64', [3])

  it('checks element types against each other and against the schema', () => {
    expect(() => add(x, i)).toThrow('Add: input 1 \'B\' is int64, but an input of the same type before it is float32')
    expect(() => relu(i)).toThrow("Relu: input 0 'X' is int64 ('i'), expected float32 or float64 or float16")
  })

  it('checks how many inputs there are', () => {
    expect(() => apply(Add, [x])).toThrow("Add: input 1 'B' is missing")
    expect(() => apply(Add, [x, x, x])).toThrow('Add: takes at most 2 inputs, got 3')
  })

  it('checks attributes', () => {
    expect(() => apply(Softmax, [x], { axis: 0.5 })).toThrow("Softmax: attribute 'axis'")
    expect(() => apply(Softmax, [x], { axes: 1 })).toThrow('Softmax: attribute')
    expect(() => apply(Softmax, [x], { axis: 2 })).toThrow('Softmax: axis 2 is outside a tensor of rank 2')
  })

  it('keeps a symbolic batch through layers', () => {
    const h = new Graph('h')
    const picture = h.input('x', 'float32', ['N', 1, 8, 8])
    const y = conv(picture, h.parameter('w', [4, 1, 3, 3]), null, { strides: 2, pads: 1 })
    expect(y.shape).toEqual(['N', 4, 4, 4])
    expect(() => add(y, h.input('z', 'float32', [2, 4, 4, 4]))).toThrow('Add: shapes [N, 4, 4, 4] and [2, 4, 4, 4] do not broadcast: N against 2')
    expect(gemm(x, g.parameter('w', [3, 2])).shape).toEqual(['N', 2])
    expect(identity(x).shape).toEqual(['N', 3])
  })
})
