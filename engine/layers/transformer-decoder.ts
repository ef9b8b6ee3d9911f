// TransformerDecoder: a stack of decoder blocks on [N, time, features].
import { z } from 'zod'
import type { Bind, BoundLayer, LayerDef } from './layer.ts'
import { sequenceShape } from './shapes.ts'
import { transformerOptions, transformerStack } from './support/transformer.ts'

const schema = z.strictObject({
  type: z.literal('transformer-decoder'),
  ...transformerOptions,
  blocks: z.int().min(1).max(64).default(1),
  /** Steps see only themselves and earlier ones of their own sequence. */
  causal: z.boolean().default(true),
})

function stack(spec: z.output<typeof schema>, input: readonly number[], bind: Bind): BoundLayer {
  return transformerStack(spec, spec.blocks, sequenceShape('transformer-decoder', input)[1], 'decoder', spec.causal, bind)
}

/**
 * Looks at the context's `memory`; padding is hidden by `mask` and `memoryMask`. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762; norms first: Xiong et al., 2020,
 * https://arxiv.org/abs/2002.04745.
 */
export const transformerDecoder: LayerDef<typeof schema> = {
  title: 'TransformerDecoder',
  description: 'Attention to the sequence so far and to a memory, and small networks, in turn',
  schema,
  outputShape: (spec, input, bind) => stack(spec, input, bind).outputShape(input),
  parameters: (spec, input, bind) => stack(spec, input, bind).parameters(input),
  multiplyAdds: (spec, input, bind) => stack(spec, input, bind).multiplyAdds(input),
  build: (spec, x, context, bind) => stack(spec, x.shape.slice(1).map(Number), bind).build(x, context),
}
