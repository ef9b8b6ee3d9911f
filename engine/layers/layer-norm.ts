// LayerNorm: each sample (or each step of it) by its own mean and deviation.
import { z } from 'zod'
import { layerNormalization } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { featuresOf, product } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('layer-norm'),
  /** What is normalised together: the features of each step, or all values of a sample. */
  over: z.enum(['features', 'all']).default('features'),
  epsilon: z.number().positive().default(1e-5),
})
type Spec = z.output<typeof schema>

const shapeOf = (spec: Spec, input: readonly number[]): number[] => (spec.over === 'all' ? [...input] : [featuresOf('layer-norm', input)])

/** `weight` and `bias` of the shape that is normalised. Ba, Kiros and Hinton, 2016, https://arxiv.org/abs/1607.06450; https://onnx.ai/onnx/operators/onnx__LayerNormalization.html. */
export const layerNorm: LayerDef<typeof schema> = {
  title: 'LayerNorm',
  description: 'Brings the features of each step to mean 0 and deviation 1, then scales and shifts them',
  schema,
  outputShape: (spec, input) => (shapeOf(spec, input), input),
  parameters: (spec, input) => {
    const shape = shapeOf(spec, input)
    const fan = { in: product(shape), out: product(shape) }
    return [
      { name: 'weight', shape, initializer: 'zeros', initial: 1, fan, decay: false },
      { name: 'bias', shape, initializer: 'zeros', fan, decay: false },
    ]
  },
  multiplyAdds: (_spec, input) => product(input),
  build: (spec, x, { parameter }) => layerNormalization(x, parameter('weight'), parameter('bias'), { axis: spec.over === 'all' ? 1 : -1, epsilon: spec.epsilon }),
}
