// Position: adds to each step of [N, time, features] a vector that says where it stands.
import { z } from 'zod'
import { add } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { sequenceShape } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('position'),
  /** Fixed waves, or learned vectors. Rotary positions are an option of attention. */
  kind: z.enum(['sinusoidal', 'learned']).default('sinusoidal'),
})

/** Even features sin(t / 10000^(i / features)), odd ones the cosine of the even one before. */
export function waves(time: number, features: number): Float32Array {
  return Float32Array.from({ length: time * features }, (_, k) => {
    const [t, i] = [Math.floor(k / features), k % features]
    const angle = t / 10_000 ** ((i - (i % 2)) / features)
    return i % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
}

/** `weight` [time, features] where learned. Vaswani et al., "Attention is all you need", 2017, section 3.5, https://arxiv.org/abs/1706.03762. */
export const position: LayerDef<typeof schema> = {
  title: 'Position',
  description: 'Tells each step of a sequence where it stands',
  schema,
  outputShape: (_spec, input) => (sequenceShape('position', input), input),
  parameters: (spec, input) => {
    const [time, features] = sequenceShape('position', input)
    if (spec.kind === 'sinusoidal') return []
    return [{ name: 'weight', shape: [time, features], initializer: 'xavier-normal', fan: { in: features, out: features }, decay: false }]
  },
  multiplyAdds: () => 0,
  build: (spec, x, { parameter }) => {
    const [time, features] = sequenceShape('position', x.shape.slice(1).map(Number))
    return add(x, spec.kind === 'learned' ? parameter('weight') : x.graph.constant(waves(time, features), 'float32', [time, features]))
  },
}
