// Saliency: the size of the gradient of the class's logit at each element, the largest in each cell of the map.
// Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR workshop 2014.
import { z } from 'zod'
import { gradients } from '../../autodiff/gradients.ts'
import { LatheError } from '../../contract/errors.ts'
import { Graph } from '../../graph/graph.ts'
import type { ExplainMethod } from '../method.ts'
import { SinglePass } from '../single-pass.ts'
import { foldMap, parseOptions } from '../support.ts'

const options = z.strictObject({})

export const saliency: ExplainMethod = {
  title: 'Saliency',
  description: 'Which pixels, words or moments would move the logit of the class most if they changed a little; quick and noisy',
  source: 'Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR workshop 2014',
  tasks: null,
  signed: false,
  options,
  prepare: (model, given) => {
    parseOptions('saliency', options, given)
    const graph = new Graph('saliency')
    const x = graph.input('x', 'float32', [1, ...model.shape])
    const target = graph.input('target', 'float32', [1, model.targets])
    const [gradient] = gradients(model.build(graph, x, target).score, [x])
    if (!gradient) throw new LatheError('internal', 'saliency: no gradient')
    graph.output('map', gradient)
    return SinglePass.create(model, graph, (values) => foldMap(model, values, (largest, g) => Math.max(largest, Math.abs(g))))
  },
}
