// Two towers: a network for users and one for items, whose outputs are compared.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, gemm, mul, reduceSum, reshape } from '../ops/build.ts'
import type { ModelDef, Wiring } from './model.ts'
import { modelOptions } from './options.ts'
import { factors, penalty, ratedVectors } from './support/ratings.ts'

const options = z.strictObject({
  factors: factors.describe('Numbers that stand for each user and each item at the foot of the towers.'),
  hidden: z.int().min(1).max(1024).default(32).describe('Units of the hidden layer of each tower.'),
  units: z.int().min(1).max(1024).default(16).describe('Numbers at the top of the towers, which are multiplied.'),
  penalty,
})

function tower(net: Wiring, name: string, x: Value, hidden: number, units: number): Value {
  return net.layer(`${name}-top`, { type: 'dense', units }, net.layer(`${name}-relu`, { type: 'relu' }, net.layer(`${name}-dense`, { type: 'dense', units: hidden }, x)))
}

/** Huang et al., "Learning deep structured semantic models", CIKM 2013; Yi et al., "Sampling-bias-corrected neural modeling", RecSys 2019. */
export const twoTowers: ModelDef = {
  title: 'Two towers',
  description: 'One network makes a vector of the user, another of the item; their product is the score',
  use: 'Where vectors of items are to be looked up by nearness later',
  tasks: ['recommendation'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('two-towers', options, config.modelOptions)
    const v = ratedVectors(net, inputs, config, o.factors)
    const user = tower(net, 'user', v.user, o.hidden, o.units)
    const item = tower(net, 'item', v.item, o.hidden, o.units)
    const items = tower(net, 'item', v.items, o.hidden, o.units)
    const both = mul(user, item)
    return {
      scores: add(gemm(user, items, null, { transB: true }), v.itemBiases('item-bias')),
      own: add(reduceSum(both, [1]), v.itemBias('item-bias')),
      rating: add(reshape(net.layer('stars', { type: 'dense', units: 1 }, both), [-1]), add(v.userBias('user-stars'), v.itemBias('item-stars'))),
      penalty: v.penalty(o.penalty),
    }
  },
}
