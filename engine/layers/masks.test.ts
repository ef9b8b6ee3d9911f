// Composite layers: every random part asks for a mask of its own name, and nothing is asked for outside of training.
import { expect, test } from 'vitest'
import { Graph } from '../graph/graph.ts'
import { layer, type LayerSpec } from './index.ts'

/** Names and shapes of the masks that a layer asks for. */
function asked(spec: LayerSpec, input: readonly number[], training: boolean): [string, string][] {
  const graph = new Graph('masks')
  const x = graph.input('x', 'float32', [2, ...input])
  const memory = graph.input('memory', 'float32', [2, ...input])
  const parameters = new Map(layer(spec).parameters(input).map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const masks: [string, string][] = []
  layer(spec).build(x, {
    training,
    memory,
    parameter: (name) => parameters.get(name)!,
    update: () => undefined,
    keepMask: ({ shape }, _rate, part = 'own') => {
      masks.push([part, shape.join('×')])
      return graph.input(`mask ${part}`, 'float32', shape)
    },
  })
  return masks
}

const cases: [LayerSpec, number[], [string, string][]][] = [
  [{ type: 'residual', layers: [{ type: 'dropout', rate: 0.2 }, { type: 'path-dropout', rate: 0.1 }] }, [3, 4, 4], [['branch.1-dropout', '2×3×4×4'], ['branch.2-path-dropout', '2×1×1×1']]],
  [{ type: 'lstm', units: 3, layers: 2, bidirectional: true, weightDropout: 0.5 }, [5, 4], ['1.forward', '1.reverse', '2.forward', '2.reverse'].map((of): [string, string] => [of, '3×12'])],
  [{ type: 'attention', heads: 2, dropout: 0.1 }, [5, 4], [['own', '2×2×5×5']]],
  [
    { type: 'transformer-encoder', heads: 2, blocks: 2, dropout: 0.1 },
    [5, 4],
    [1, 2].flatMap((b): [string, string][] => [[`block${b}.attention`, '2×2×5×5'], [`block${b}.attention-dropout`, '2×5×4'], [`block${b}.network-dropout`, '2×5×4']]),
  ],
  [
    { type: 'transformer-decoder', heads: 2, dropout: 0.1 },
    [5, 4],
    [['block1.attention', '2×2×5×5'], ['block1.attention-dropout', '2×5×4'], ['block1.cross', '2×2×5×5'], ['block1.cross-dropout', '2×5×4'], ['block1.network-dropout', '2×5×4']],
  ],
]

test.each(cases)('%j on [%s]', (spec, input, expected) => {
  expect(asked(spec, input, true)).toEqual(expected)
  expect(asked(spec, input, false)).toEqual([])
})

test('cross-attention and the encoder–decoder say that they need a memory', () => {
  const graph = new Graph('no memory')
  const x = graph.input('x', 'float32', [2, 5, 4])
  const context = { training: false, parameter: (name: string) => graph.parameter(name, [4]), update: () => undefined, keepMask: () => x }
  expect(() => layer({ type: 'attention', heads: 2, cross: true }).build(x, context)).toThrow(/cross-attention needs a memory/)
  expect(() => layer({ type: 'transformer', heads: 2 }).build(x, context)).toThrow(/no memory to encode/)
})
