// GELU: x times the normal distribution's probability below x
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { add, erf, gelu as whole, mul, tanh } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({
  type: z.literal('gelu'),
  /** `tanh` is the approximation that GPT-2 and its kin were trained with. */
  approximate: z.enum(['none', 'tanh']).default('none'),
})

/** Hendrycks and Gimpel, "Gaussian error linear units", 2016, https://arxiv.org/abs/1606.08415. */
export const gelu: LayerDef<typeof schema> = {
  title: 'GELU',
  description: 'x times the share of a normal distribution that lies below x',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  /** In training by the operator, whose gradient costs less than that of its parts; files for older runtimes know only those. */
  build: (spec, x, { training }) => training ? whole(x, spec.approximate) : mul(mul(x, 0.5), add(spec.approximate === 'tanh' ? tanh(cubic(x)) : erf(mul(x, Math.SQRT1_2)), 1)),
}

const cubic = (x: Value): Value => mul(mul(x, Math.sqrt(2 / Math.PI)), add(mul(mul(x, x), 0.044715), 1))
