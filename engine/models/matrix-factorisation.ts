// Matrix factorisation: users and items as vectors whose product is the score, with biases.
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, gemm, mul, reduceSum, slice } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { factors, penalty, ratedVectors, starFactors } from './support/ratings.ts'

const options = z.strictObject({
  factors: factors.describe('Numbers that stand for the taste of each user and the character of each item, for rankings.'),
  ratingFactors: starFactors.describe('The same for stars.'),
  penalty,
})

/** Koren, Bell and Volinsky, "Matrix factorization techniques for recommender systems", Computer 42, 2009: b_u + b_i + p_u·q_i, once for rankings and once for stars. */
export const matrixFactorisation: ModelDef = {
  title: 'Matrix factorisation',
  description: 'A vector for each user and each item; their product is the score',
  use: 'The default for ratings, and hard to beat',
  tasks: ['recommendation'],
  options,
  wire: (net, inputs, config) => {
    const o = modelOptions('matrix-factorisation', options, config.modelOptions)
    const width = o.factors + o.ratingFactors
    const v = ratedVectors(net, inputs, config, width)
    const ranking = (x: Value): Value => slice(x, { starts: [0], ends: [o.factors], axes: [1] })
    const stars = (x: Value): Value => slice(x, { starts: [o.factors], ends: [width], axes: [1] })
    const product = (of: (x: Value) => Value): Value => reduceSum(mul(of(v.user), of(v.item)), [1])
    const [userStars, itemStars] = [v.userBias('user-stars'), v.itemBias('item-stars')]
    return {
      scores: add(gemm(ranking(v.user), ranking(v.items), null, { transB: true }), v.itemBiases('item-bias')),
      own: add(product(ranking), v.itemBias('item-bias')),
      rating: add(product(stars), add(userStars, itemStars)),
      penalty: add(v.penalty(o.penalty), mul(add(mul(userStars, userStars), mul(itemStars, itemStars)), o.penalty)),
    }
  },
}
