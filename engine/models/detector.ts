// Detector: a one-stage network without anchors: each cell of a fine grid says which object is there and how far its sides are.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Value } from '../graph/graph.ts'
import { add, reshape, spaceToDepth } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'
import { block, doubled, halved, needMultiple } from './support/vision.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).length(4).default([16, 32, 64, 64]).describe('Filters at a half, a quarter, an eighth and a sixteenth of the size, with commas.'),
  head: z.int().min(8).max(512).default(48).describe('Filters of the last convolutions, which classes and sides are read from.'),
})

/** Logit of a score of about 3 %: most cells see no object. Lin et al., "Focal loss for dense object detection", ICCV 2017, section 3.3. */
const PRIOR = -3.5

/**
 * Outputs `logits` [N, classes, h / 4, w / 4] and `sides` [N, 4, h / 4, w / 4]. A backbone of four sizes, put together again from the
 * coarse to the fine (Lin et al., "Feature pyramid networks", CVPR 2017), one head on the finest (Tian et al., "FCOS", ICCV 2019;
 * Zhou et al., "Objects as points", 2019).
 */
export const detector: ModelDef = {
  title: 'Detector',
  description: 'One look at the picture: each of its cells says what is there and where its sides are',
  use: 'Objects of all sizes at once, small and fast enough for a CPU',
  tasks: ['object-detection'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('detector', options, config.modelOptions)
    needMultiple('detector', config, 16)
    const { x } = inputs
    if (!x) throw new LatheError('internal', 'model detector takes x')
    const [f2 = 16, f4 = 32, f8 = 64, f16 = 64] = o.filters
    // Squares of four pixels become channels: the first convolution then works on a quarter of the places and loses nothing.
    const c2 = block(net, 'half', f2, spaceToDepth(net.tap(x), 2))
    const c4 = block(net, 'quarter2', f4, block(net, 'quarter1', f4, halved(net, 'pool1', c2)))
    const c8 = block(net, 'eighth2', f8, block(net, 'eighth1', f8, halved(net, 'pool2', c4)))
    const c16 = block(net, 'sixteenth2', f16, block(net, 'sixteenth1', f16, halved(net, 'pool3', c8)))
    const p8 = block(net, 'up8', f8, add(doubled(block(net, 'side16', f8, c16, 1)), c8))
    const p4 = block(net, 'up4', o.head, add(doubled(block(net, 'side8', f4, p8, 1)), c4))
    const last = block(net, 'head', o.head, p4)
    const prior = net.parameter('prior', { shape: [classes], initializer: null, initial: PRIOR, fan: { in: 1, out: classes }, decay: false })
    const scores: Value = net.layer('classes', { type: 'conv2d', filters: classes, kernel: 1, bias: false, initializer: 'zeros' }, last)
    return { logits: add(scores, reshape(prior, [1, classes, 1, 1])), sides: net.layer('sides', { type: 'conv2d', filters: 4, kernel: 1 }, last) }
  },
}
