// Saliency: the size of the gradient of the class's logit at each pixel, the largest over channels.
// Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR workshop 2014.
import { z } from 'zod'
import { gradients } from '../../autodiff/gradients.ts'
import { LatheError } from '../../contract/errors.ts'
import { Graph } from '../../graph/graph.ts'
import { abs, reduceMax } from '../../ops/build.ts'
import type { ExplainMethod } from '../method.ts'
import { SinglePass } from '../single-pass.ts'
import { imageShape, parseOptions, scoreOf } from '../support.ts'

const options = z.strictObject({})

export const saliency: ExplainMethod = {
  title: 'Saliency',
  description: 'Which pixels would move the logit of the class most if they changed a little; quick and noisy',
  source: 'Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR workshop 2014',
  tasks: ['image-classification'],
  signed: false,
  options,
  prepare: (model, given) => {
    parseOptions('saliency', options, given)
    const graph = new Graph('saliency')
    const x = graph.input('x', 'float32', imageShape(model.input))
    const target = graph.input('target', 'float32', [1, model.classes])
    const [gradient] = gradients(scoreOf(model.build(graph, x).logits, target), [x])
    if (!gradient) throw new LatheError('internal', 'saliency: no gradient')
    graph.output('map', reduceMax(abs(gradient), [1], true))
    return SinglePass.create(model, graph)
  },
}
