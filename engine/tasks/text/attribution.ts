// Attributions over embedded tokens: one cell a token, all its features together.
import type { TokenizerJson } from '../../contract/tokenizer.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { MapLabels } from '../../contract/commands.ts'
import type { TensorData } from '../../data/types.ts'
import { embeddingWidth, tokensShown } from '../support/tokens.ts'
import type { AttributionMap } from '../task.ts'

/** `tokens` in one row; against vectors of zeros. */
export function tokenAttribution(config: TrainConfig, tokens: number): AttributionMap {
  const width = embeddingWidth(config)
  return { kind: 'tokens', height: 1, width: tokens, cell: (i) => Math.floor(i / width), baseline: null }
}

/** The tokens as they are read; padding is empty. */
export function tokenLabels(features: Readonly<Record<string, TensorData>>, json: TokenizerJson): MapLabels {
  const { tokens, segments } = features
  const shown = tokensShown(json, tokens, tokens?.length ?? 0)
  return { rows: [''], columns: shown.map((token, i) => (Number(segments?.[i] ?? 0) > 0 ? token : '')) }
}
