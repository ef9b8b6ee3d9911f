// Registry of losses by name.
import type { LossDef } from './loss.ts'
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts'

export const losses = {
  'softmax-cross-entropy': softmaxCrossEntropy,
} satisfies Record<string, LossDef>
