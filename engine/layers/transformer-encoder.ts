// TransformerEncoder: a stack of encoder blocks on [N, time, features].
import { z } from 'zod'
import type { Bind, BoundLayer, LayerDef } from './layer.ts'
import { sequenceShape } from './shapes.ts'
import { transformerOptions, transformerStack } from './support/transformer.ts'

const schema = z.strictObject({
  type: z.literal('transformer-encoder'),
  ...transformerOptions,
  blocks: z.int().min(1).max(64).default(1),
  /** Steps see only themselves and earlier ones: a language model. */
  causal: z.boolean().default(false),
})

function stack(spec: z.output<typeof schema>, input: readonly number[], bind: Bind): BoundLayer {
  return transformerStack(spec, spec.blocks, sequenceShape('transformer-encoder', input)[1], 'encoder', spec.causal, bind)
}

/**
 * Padding is hidden by the context's `mask`. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762; norms first: Xiong et al., 2020,
 * https://arxiv.org/abs/2002.04745.
 */
export const transformerEncoder: LayerDef<typeof schema> = {
  title: 'TransformerEncoder',
  description: 'Attention and small networks in turn, over a whole sequence',
  schema,
  outputShape: (spec, input, bind) => stack(spec, input, bind).outputShape(input),
  parameters: (spec, input, bind) => stack(spec, input, bind).parameters(input),
  multiplyAdds: (spec, input, bind) => stack(spec, input, bind).multiplyAdds(input),
  build: (spec, x, context, bind) => stack(spec, x.shape.slice(1).map(Number), bind).build(x, context),
}
