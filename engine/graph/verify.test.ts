// Every kind of broken graph is refused before it runs, and the message names what is broken.
import { describe, expect, it } from 'vitest'
import { add, relu, reshape } from '../ops/build.ts'
import { Add } from '../ops/add.ts'
import { Relu } from '../ops/relu.ts'
import { Softmax } from '../ops/softmax.ts'
import { Graph, type Value } from './graph.ts'
import { unused, verify } from './verify.ts'

const type = (v: Value): Pick<Value, 'dtype' | 'shape'> => ({ dtype: v.dtype, shape: v.shape })

function broken(make: (g: Graph, x: Value) => Value | undefined): () => void {
  const g = new Graph('net')
  const x = g.input('x', 'float32', ['N', 3])
  const y = make(g, x)
  if (y) g.output('y', y)
  return () => {
    verify(g)
  }
}

describe('verify', () => {
  it('passes a good graph', () => {
    expect(broken((g, x) => relu(add(x, g.parameter('b', [3]))))).not.toThrow()
  })

  it('wants outputs', () => {
    expect(broken(() => undefined)).toThrow("graph 'net': no outputs are declared")
  })

  it('names the node whose recorded shape is wrong', () => {
    expect(broken((g, x) => g.in('conv1', () => g.append(Relu, [x], {}, [{ dtype: 'float32', shape: ['N', 4] }])[0]))).toThrow(/graph 'net': Relu in 'conv1' \(node \d+\): output 'Relu_\d+' is float32 \[N, 4\], expected float32 \[N, 3\]/)
  })

  it('names the node whose recorded element type is wrong', () => {
    expect(broken((g, x) => g.append(Relu, [x], {}, [{ dtype: 'int64', shape: ['N', 3] }])[0])).toThrow(/is int64 \[N, 3\], expected float32 \[N, 3\]/)
  })

  it('names the node whose inputs do not fit', () => {
    expect(broken((g, x) => g.append(Add, [x, g.ints([1, 2, 3])], {}, [type(x)])[0])).toThrow(/Add \(node \d+\): Add: input 1 'B' is int64/)
    expect(broken((g, x) => g.append(Add, [x, null], {}, [type(x)])[0])).toThrow("Add: input 1 'B' is missing")
    expect(broken((g, x) => g.append(Add, [x, g.parameter('b', [4])], {}, [type(x)])[0])).toThrow('shapes [N, 3] and [4] do not broadcast')
  })

  it('checks attributes again', () => {
    expect(broken((g, x) => g.append(Softmax, [x], { axis: 'last' }, [type(x)])[0])).toThrow(/Softmax \(node \d+\): attribute 'axis'/)
  })

  it('counts outputs', () => {
    expect(broken((g, x) => g.append(Relu, [x], {}, [type(x), type(x)])[0])).toThrow(/Relu \(node \d+\) has 2 outputs, expected 1/)
  })

  it('refuses values that nothing defines', () => {
    const stranger = new Graph('other').input('s', 'float32', ['N', 3])
    expect(broken((g) => g.append(Relu, [stranger], {}, [type(stranger)])[0])).toThrow(/Relu \(node \d+\) uses 's', which nothing before it defines/)
  })

  it('refuses a binding of another type, and one to what depends on it', () => {
    expect(
      broken((g, x) => {
        const p = g.parameter('w', [3])
        g.bind(p, g.input('flat', 'float32', [4]))
        return add(x, p)
      }),
    ).toThrow("parameter 'w' is float32 [3], but bound to 'flat', float32 [4]")
    expect(
      broken((g, x) => {
        const p = g.parameter('w', [3])
        const y = add(x, p)
        g.bind(p, reshape(relu(p), [3]))
        g.bind(p, relu(p))
        return y
      }),
    ).toThrow("Relu in '' depends on its own output")
  })

  it('finds parameters that no output depends on, on request', () => {
    const g = new Graph('net')
    const x = g.input('x', 'float32', [3])
    relu(g.parameter('forgotten', [3]))
    g.output('y', add(x, g.parameter('used', [3])))
    expect(() => {
      verify(g)
    }).not.toThrow()
    expect(unused(g).map((p) => p.name)).toEqual(['forgotten'])
    expect(() => {
      verify(g, { deadParameters: true })
    }).toThrow("no output depends on 'forgotten'")
  })
})
