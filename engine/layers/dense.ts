// Dense: y = x·W + b on [N, features].
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { gemm } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({
  type: z.literal('dense'),
  units: z.int().min(1),
  /** Name in engine/initializers for the weight; the run's when left out. */
  initializer: z.string().optional(),
})

function features(input: readonly number[]): number {
  const [n] = input
  if (input.length !== 1 || n === undefined) throw new LatheError('usage', `layer dense takes [features], it got [${input.join(', ')}]: put a flatten layer before it`)
  return n
}

/** `weight` [in, units], `bias` [units]. */
export const dense: LayerDef<typeof schema> = {
  title: 'Dense',
  description: 'Every output sees every input',
  schema,
  outputShape: (spec, input) => (features(input), [spec.units]),
  parameters: (spec, input) => {
    const fan = { in: features(input), out: spec.units }
    return [
      { name: 'weight', shape: [fan.in, fan.out], initializer: spec.initializer ?? null, fan, decay: true },
      { name: 'bias', shape: [fan.out], initializer: 'zeros', fan, decay: false },
    ]
  },
  multiplyAdds: (spec, input) => features(input) * spec.units,
  build: (_spec, x, { parameter }) => gemm(x, parameter('weight'), parameter('bias')),
}
