// Neural collaborative filtering: a product of vectors beside a dense network on both.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, gemm, mul, relu, reshape, unsqueeze } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { factors, penalty, ratedVectors } from './support/ratings.ts'

const options = z.strictObject({
  factors: factors.describe('Numbers that stand for each user and each item.'),
  hidden: z.int().min(1).max(256).default(16).describe('Units of the dense network; all items of every row pass through it at once.'),
  penalty,
})

/**
 * NeuMF of He et al., "Neural collaborative filtering", WWW 2017, https://arxiv.org/abs/1708.05031, with one vector for both halves.
 * The first dense layer on [user, item] is the sum of one layer on each, so that all items are scored without repeating users.
 */
export const neuralCf: ModelDef = {
  title: 'Neural collaborative filtering',
  description: 'A weighted product of vectors, and a dense network on both',
  use: 'Where tastes do not add up; slower, since every item passes through the network for every row',
  tasks: ['recommendation'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('neural-cf', options, config.modelOptions)
    const v = ratedVectors(net, inputs, config, o.factors)
    const weight = net.parameter('product', { shape: [o.factors], initializer: null, initial: 1, fan: { in: o.factors, out: 1 }, decay: false })
    const head = net.parameter('head', { shape: [o.hidden, 1], initializer: 'xavier-normal', fan: { in: o.hidden, out: 1 }, decay: true })
    const weighed = mul(v.user, weight)
    const ofUser = net.layer('user-dense', { type: 'dense', units: o.hidden }, v.user)
    const ofItem = (x: Value): Value => net.layer('item-dense', { type: 'dense', units: o.hidden, bias: false }, x)
    const pair = relu(add(ofUser, ofItem(v.item)))
    const all = relu(add(unsqueeze(ofUser, [1]), unsqueeze(ofItem(v.items), [0])))
    const count = Number(v.items.shape[0])
    const deep = reshape(gemm(reshape(all, [-1, o.hidden]), head), [-1, count])
    return {
      scores: add(add(gemm(weighed, v.items, null, { transB: true }), deep), v.itemBiases('item-bias')),
      own: add(add(reshape(gemm(mul(weighed, v.item), v.user.graph.constant(new Float32Array(o.factors).fill(1), 'float32', [o.factors, 1])), [-1]), reshape(gemm(pair, head), [-1])), v.itemBias('item-bias')),
      rating: add(reshape(net.layer('stars', { type: 'dense', units: 1 }, pair), [-1]), add(v.userBias('user-stars'), v.itemBias('item-stars'))),
      penalty: v.penalty(o.penalty),
    }
  },
}
