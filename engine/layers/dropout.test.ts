// The three kinds of dropout: what their masks look like, and that inference leaves everything as it is.
import { expect, test } from 'vitest'
import { checkLayer } from '../../test/support/check-layer.ts'
import { Graph, type Value } from '../graph/graph.ts'
import { layer, type LayerSpec } from './index.ts'

test.each(['dropout', 'spatial-dropout', 'path-dropout'])('%s does nothing in inference', (type) => checkLayer(type))

const kinds: [LayerSpec, number[]][] = [
  [{ type: 'dropout', rate: 0.25 }, [4, 3, 5, 5]],
  [{ type: 'spatial-dropout', rate: 0.25 }, [4, 3, 1, 1]],
  [{ type: 'path-dropout', rate: 0.25 }, [4, 1, 1, 1]],
]
test.each(kinds)('%j multiplies by a mask of [%s] in training', (spec, shape) => {
  const asked: [readonly (number | string)[], number][] = []
  const graph = new Graph('dropout')
  const x = graph.input('x', 'float32', [4, 3, 5, 5])
  const mask = graph.input('mask', 'float32', shape)
  const context = { training: true, parameter: (): Value => x, update: () => undefined, keepMask: (of: { shape: readonly (number | string)[] }, rate: number): Value => (asked.push([of.shape, rate]), mask) }
  const y = layer(spec).build(x, context)
  expect(asked).toEqual([[shape, 0.25]])
  expect(y.producer?.op.name).toBe('Mul')
  expect(y.producer?.inputs).toEqual([x, mask])
  expect(y.shape).toEqual([4, 3, 5, 5])
  expect(layer({ type: spec.type, rate: 0 }).build(x, context)).toBe(x)
})

test('a rate of 1 is refused', () => {
  expect(() => layer({ type: 'dropout', rate: 1 })).toThrow(/rate/)
})
