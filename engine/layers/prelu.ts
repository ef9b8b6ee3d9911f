// PReLU: x, and a learned slope times x below zero
import { z } from 'zod'
import { add, max, min, mul, reshape } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { channelsOf } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('prelu'),
  /** One slope a channel, or one for all. */
  shared: z.boolean().default(false),
})

/** `slope` [channels] or [1], 0.25 at the start. He et al., "Delving deep into rectifiers", 2015, https://arxiv.org/abs/1502.01852. */
export const prelu: LayerDef<typeof schema> = {
  title: 'PReLU',
  description: 'x, and a learned slope times x below zero',
  schema,
  outputShape: (_spec, input) => input,
  parameters: (spec, input) => [{ name: 'slope', shape: [spec.shared ? 1 : channelsOf('prelu', input)], initializer: 'zeros', initial: 0.25, fan: { in: 1, out: 1 }, decay: false }],
  multiplyAdds: () => 0,
  build: (spec, x, { parameter }) => {
    const slope = spec.shared ? parameter('slope') : reshape(parameter('slope'), [-1, ...x.shape.slice(2).map(() => 1)])
    return add(max(x, 0), mul(slope, min(x, 0)))
  },
}
