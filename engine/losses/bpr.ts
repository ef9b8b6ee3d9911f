// BPR: an item that was chosen scores above one that was not, for recommendation.
import { softplus, sub } from '../ops/build.ts'
import { part } from './distance.ts'
import { defineLoss, noOptions } from './loss.ts'
import { needShape, overRows } from './rows.ts'

/** Rendle et al., "BPR: Bayesian personalized ranking from implicit feedback", UAI 2009, section 4: −log σ(s⁺ − s⁻) = softplus(s⁻ − s⁺). */
export const bpr = defineLoss({
  title: 'Bayesian personalised ranking',
  description: 'For rankings: what was chosen above what was not',
  prediction: '[N, 2] scores of the chosen and of the other item',
  target: null,
  options: noOptions,
  build: ({ prediction, weights }) => {
    needShape('BPR', prediction, [2])
    return overRows(softplus(sub(part(prediction, 1), part(prediction, 0))), weights)
  },
})
