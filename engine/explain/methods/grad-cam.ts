// Grad-CAM: the maps of the last convolution, weighted by the mean gradient of the class, brought to the input's size.
// Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based localization", ICCV 2017.
import { z } from 'zod'
import { gradients } from '../../autodiff/gradients.ts'
import { LatheError } from '../../contract/errors.ts'
import { Graph } from '../../graph/graph.ts'
import { mul, reduceMean, reduceSum, relu, resize } from '../../ops/build.ts'
import type { ExplainMethod } from '../method.ts'
import { SinglePass } from '../single-pass.ts'
import { parseOptions } from '../support.ts'

const options = z.strictObject({})

export const gradCam: ExplainMethod = {
  title: 'Grad-CAM',
  description: 'Where the last convolution found what speaks for the class; coarse, and for networks with convolutions only',
  source: 'Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based localization", ICCV 2017',
  tasks: ['image-classification', 'image-multilabel', 'keyword-spotting', 'speaker-identification'],
  signed: false,
  options,
  prepare: (model, given) => {
    parseOptions('grad-cam', options, given)
    const graph = new Graph('grad-cam')
    const x = graph.input('x', 'float32', [1, ...model.shape])
    const target = graph.input('target', 'float32', [1, model.targets])
    const { score, lastConv } = model.build(graph, x, target)
    if (!lastConv) throw new LatheError('usage', `Grad-CAM needs a convolution, and the model '${model.name}' has none: use integrated-gradients, or train a cnn`)
    const [gradient] = gradients(score, [lastConv])
    if (!gradient) throw new LatheError('internal', 'grad-cam: no gradient')
    const cam = relu(reduceSum(mul(reduceMean(gradient, [2, 3], true), lastConv), [1], true))
    const { height, width } = model.map
    graph.output('map', resize(cam, { sizes: [1, 1, height, width] }, { mode: 'linear', coordinateTransformationMode: 'half_pixel' }))
    return SinglePass.create(model, graph, (map) => Float32Array.from(map))
  },
}
