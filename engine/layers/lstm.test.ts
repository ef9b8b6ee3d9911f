// LSTM: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { Program, tensor } from '../compile/program.ts'
import { Random } from '../data/random.ts'
import { Graph } from '../graph/graph.ts'
import { mul } from '../ops/build.ts'
import { layer } from './index.ts'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('lstm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'lstm', units: 5 }, [4, 3], { weights: 4 * (3 * 5 + 5 * 5 + 5), multiplyAdds: 4 * 4 * (3 * 5 + 5 * 5) })
  expectCost({ type: 'lstm', units: 5, layers: 2, bidirectional: true }, [4, 3], { weights: 2 * 4 * (3 * 5 + 5 * 5 + 5) + 2 * 4 * (10 * 5 + 5 * 5 + 5), multiplyAdds: 4 * 2 * 4 * (3 * 5 + 5 * 5 + 10 * 5 + 5 * 5) })
})

test('weights from step to step are left out by the mask, in training only', async () => {
  const graph = new Graph('weight dropout')
  const x = graph.input('x', 'float32', [2, 4, 3])
  const mask = graph.input('mask', 'float32', [5, 20])
  const { parameters, build } = layer({ type: 'lstm', units: 5, weightDropout: 0.5 })
  const values = new Map(parameters([4, 3]).map((p) => [p.name, graph.parameter(p.name, p.shape)]))
  const built = (training: boolean, masked: boolean): ReturnType<typeof build> =>
    build(x, {
      training,
      update: () => undefined,
      keepMask: () => mask,
      parameter: (name) => {
        const value = values.get(name)!
        return masked && name === '1.forward.hidden_weight' ? mul(value, mask) : value
      },
    })
  graph.output('trained', built(true, false))
  graph.output('masked', built(false, true))
  graph.output('whole', built(false, false))
  const random = new Random(1, 'sample')
  const normal = (shape: readonly number[]): ReturnType<typeof tensor> => tensor('float32', Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal()), shape)
  await using program = await Program.create(graph, { threads: 1 })
  const feeds = Object.fromEntries(program.inputs.map(({ name, shape }) => [name, normal(shape.map(Number))]))
  const { trained, masked, whole } = await program.run({ ...feeds, mask: tensor('float32', Float32Array.from({ length: 100 }, (_, i) => (i % 2 ? 2 : 0)), [5, 20]) })
  expect(trained!.data).toEqual(masked!.data)
  expect(trained!.data).not.toEqual(whole!.data)
})
