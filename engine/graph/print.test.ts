// The printed form: leaves, scopes, attributes, small constants in place.
import { expect, it } from 'vitest'
import { gemm, relu } from '../ops/build.ts'
import { Graph } from './graph.ts'
import { print } from './print.ts'

it('prints a layer', () => {
  const g = new Graph('net')
  const x = g.input('x', 'float32', ['N', 2])
  const y = g.in('dense1', () => relu(gemm(x, g.parameter('w', [2, 3]), g.scalar(0.5))))
  g.output('y', y)
  expect(print(g).replaceAll(/_\d+/g, '_')).toBe(
    [
      'graph net',
      '  input x: float32[N, 2]',
      '  parameter w: float32[2, 3]',
      '  # dense1',
      '  Gemm_: float32[N, 3] = Gemm(x, w, 0.5, alpha=1, beta=1, transA=0, transB=0)',
      '  Relu_: float32[N, 3] = Relu(Gemm_)',
      '  output y = Relu_: float32[N, 3]',
      '',
    ].join('\n'),
  )
})
