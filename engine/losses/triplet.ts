// Triplet loss: an anchor nearer to its own kind than to another, by a margin.
import { z } from 'zod'
import { add, relu, sub } from '../ops/build.ts'
import { distance, part } from './distance.ts'
import { defineLoss } from './loss.ts'
import { needShape, overRows } from './rows.ts'

const options = z.strictObject({ margin: z.number().positive().default(1) })

/** Schroff et al., "FaceNet", CVPR 2015, equation 3, on distances as in PyTorch's TripletMarginLoss: max(0, d(a, p) − d(a, n) + m). */
export const triplet = defineLoss({
  title: 'Triplet',
  description: 'For triples: an anchor nearer to its own kind than to another',
  prediction: '[N, 3, D] anchor, positive and negative embedding',
  target: null,
  options,
  build: ({ prediction, weights }, { margin }) => {
    needShape('triplet', prediction, [3, null])
    const [anchor, positive, negative] = [part(prediction, 0), part(prediction, 1), part(prediction, 2)]
    return overRows(relu(add(sub(distance(anchor, positive), distance(anchor, negative)), margin)), weights)
  },
})
