// Transformer: an encoder reads the memory, a decoder answers with its own sequence in view of what the encoder made.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Bind, LayerDef } from './layer.ts'
import { sequenceShape } from './shapes.ts'
import { buildPart, partParameters, type Part } from './support/parts.ts'
import { transformerOptions, transformerStack } from './support/transformer.ts'

const schema = z.strictObject({
  type: z.literal('transformer'),
  ...transformerOptions,
  /** Blocks that read the memory. */
  encoder: z.int().min(1).max(64).default(1),
  /** Blocks that make the answer. */
  decoder: z.int().min(1).max(64).default(1),
})

function sides(spec: z.output<typeof schema>, input: readonly number[], bind: Bind): { readonly encoder: Part; readonly decoder: Part } {
  const [, features] = sequenceShape('transformer', input)
  return {
    encoder: ['encoder', transformerStack(spec, spec.encoder, features, 'encoder', false, bind)],
    decoder: ['decoder', transformerStack(spec, spec.decoder, features, 'decoder', true, bind)],
  }
}

/**
 * Parts `encoder` and `decoder`. Takes the sequence to be answered with (causal) [N, T, features]; the context's `memory`
 * [N, S, features] is the source, whose padding `memoryMask` hides. Vaswani et al., 2017, https://arxiv.org/abs/1706.03762.
 */
export const transformer: LayerDef<typeof schema> = {
  title: 'Transformer',
  description: 'Turns one sequence into another: an encoder reads, a decoder answers',
  schema,
  outputShape: (_spec, input) => (sequenceShape('transformer', input), input),
  parameters: (spec, input, bind) => Object.values(sides(spec, input, bind)).flatMap((p: Part) => partParameters(p, input)),
  /** Of a memory as long as the sequence. */
  multiplyAdds: (spec, input, bind) => Object.values(sides(spec, input, bind)).reduce((sum, [, layer]: Part) => sum + layer.multiplyAdds(input), 0),
  build: (spec, x, context, bind) => {
    const { memory } = context
    if (!memory) throw new LatheError('usage', 'layer transformer: there is no memory to encode; give the source sequence as the memory of the build')
    const { encoder, decoder } = sides(spec, x.shape.slice(1).map(Number), bind)
    const encoded = buildPart(encoder, memory, context, { mask: context.memoryMask })
    return buildPart(decoder, x, context, { memory: encoded })
  },
}
