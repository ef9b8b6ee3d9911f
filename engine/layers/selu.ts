// SELU: scaled ELU that keeps mean 0 and variance 1
import { z } from 'zod'
import { selu as apply } from '../ops/build.ts'
import type { LayerDef } from './layer.ts'

const schema = z.strictObject({ type: z.literal('selu') })

/** Klambauer et al., "Self-normalizing neural networks", NeurIPS 2017. */
export const selu: LayerDef<typeof schema> = {
  title: 'SELU',
  description: 'scaled ELU that keeps mean 0 and variance 1',
  schema,
  outputShape: (_spec, input) => input,
  parameters: () => [],
  multiplyAdds: () => 0,
  build: (_spec, x) => apply(x),
}
