// Registry of features by kind of sample.
import type { InputKind } from '../../contract/input-kind.ts'
import { audio } from './audio.ts'
import type { FeatureDef } from './features.ts'
import { image } from './image.ts'
import { row } from './row.ts'
import { series } from './series.ts'
import { text } from './text.ts'
import { textPair } from './text-pair.ts'

export const features = {
  image,
  text,
  'text-pair': textPair,
  audio,
  series,
  row,
} satisfies Partial<Record<InputKind, FeatureDef>>
