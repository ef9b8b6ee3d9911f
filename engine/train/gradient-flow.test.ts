// Gradient flow against the slope of the loss itself: a step against a weight's gradient changes the loss by its square.
import { expect, test } from 'vitest'
import { network } from '../models/network.ts'
import { Evaluator } from './evaluate.ts'
import { gradientFlow } from './gradient-flow.ts'
import { shapes, smallConfig } from './testing.ts'

test('the size of the gradient is that of finite differences, and its order is that of the layers', async () => {
  const config = smallConfig({ model: 'mlp', modelOptions: { hidden: [5] }, dropout: 0.5, labelSmoothing: 0 })
  const set = shapes(16)
  const rows = Int32Array.from({ length: 16 }, (_, i) => i)
  const net = network(config, 3)
  const weights = net.initialWeights(3)
  const flow = await gradientFlow(config, 3, weights, set, rows)
  expect(flow.map((f) => f.name)).toEqual(['dense1.weight', 'head.weight'])
  await using evaluator = await Evaluator.create(config, 3)
  const lossAt = async (at: number, change: number): Promise<number> => {
    const moved = Float32Array.from(weights)
    moved[at]! += change
    return (await evaluator.run(moved, set)).loss / 16
  }
  const first = net.parameters.findIndex((p) => p.name === 'head.weight')
  const from = net.parameters.slice(0, first).reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0)
  let squares = 0
  for (let i = 0; i < 15; i++) squares += (((await lossAt(from + i, 0.01)) - (await lossAt(from + i, -0.01))) / 0.02) ** 2
  expect(flow[1]!.gradient).toBeCloseTo(Math.sqrt(squares / 15), 3)
})
