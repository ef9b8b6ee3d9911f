// Registry of what samples can be, by kind.
import type { InputKind } from '../contract/input-kind.ts'
import { audio } from './audio.ts'
import { image } from './image.ts'
import type { InputDef } from './input.ts'
import { rating } from './rating.ts'
import { row } from './row.ts'
import { series } from './series.ts'
import { textPair } from './text-pair.ts'
import { text } from './text.ts'

export const inputs = {
  image,
  row,
  rating,
  series,
  text,
  'text-pair': textPair,
  audio,
} satisfies Partial<Record<InputKind, InputDef>>
