// Dense: y = x·W + b on [N, features], or on each step of [N, time, features].
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { add, gemm, matmul } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'
import { product } from './shapes.ts'

const schema = z.strictObject({
  type: z.literal('dense'),
  units: z.int().min(1),
  bias: z.boolean().default(true),
  /** Name in engine/initializers for the weight; the run's when left out. */
  initializer: z.string().optional(),
})

function features(input: readonly number[]): number {
  const n = input.at(-1)
  if (input.length > 2 || n === undefined) throw new LatheError('usage', `layer dense takes [features] or [time, features], it got [${input.join(', ')}]: put a flatten layer before it`)
  return n
}

/** `weight` [in, units], `bias` [units] where wanted. https://onnx.ai/onnx/operators/onnx__Gemm.html. */
export const dense: LayerDef<typeof schema> = {
  title: 'Dense',
  description: 'Every output sees every input',
  schema,
  outputShape: (spec, input) => (features(input), [...input.slice(0, -1), spec.units]),
  parameters: (spec, input) => {
    const fan = { in: features(input), out: spec.units }
    return [
      { name: 'weight', shape: [fan.in, fan.out], initializer: spec.initializer ?? null, fan, decay: true },
      ...(spec.bias ? [{ name: 'bias', shape: [fan.out], initializer: 'zeros', fan, decay: false }] : []),
    ]
  },
  multiplyAdds: (spec, input) => product(input) * spec.units,
  build: (spec, x, { parameter }) => {
    const bias = spec.bias ? parameter('bias') : null
    if (x.shape.length === 2) return gemm(x, parameter('weight'), bias)
    const y = matmul(x, parameter('weight'))
    return bias ? add(y, bias) : y
  },
}
