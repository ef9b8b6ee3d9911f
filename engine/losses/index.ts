// Registry of losses by name.
import { LatheError } from '../contract/errors.ts'
import { binaryCrossEntropy } from './binary-cross-entropy.ts'
import { bpr } from './bpr.ts'
import { contrastive } from './contrastive.ts'
import { ctc } from './ctc.ts'
import { dice } from './dice.ts'
import { focal } from './focal.ts'
import { giou } from './giou.ts'
import { huber } from './huber.ts'
import { iou } from './iou.ts'
import { klDivergence } from './kl-divergence.ts'
import type { LossDef } from './loss.ts'
import { mae } from './mae.ts'
import { mse } from './mse.ts'
import { quantile } from './quantile.ts'
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts'
import { triplet } from './triplet.ts'

export const losses = {
  'softmax-cross-entropy': softmaxCrossEntropy,
  'binary-cross-entropy': binaryCrossEntropy,
  focal,
  dice,
  iou,
  giou,
  mse,
  mae,
  huber,
  quantile,
  ctc,
  contrastive,
  triplet,
  bpr,
  'kl-divergence': klDivergence,
} satisfies Record<string, LossDef>

/** Throws LatheError `usage` for an unknown name. */
export function loss(name: string): LossDef {
  const found: LossDef | undefined = (losses as Record<string, LossDef>)[name]
  if (!found) throw new LatheError('usage', `there is no loss '${name}'; there are ${Object.keys(losses).join(', ')}`)
  return found
}
