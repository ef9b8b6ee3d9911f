// Registry of what samples can be, by kind.
import type { InputKind } from '../contract/input-kind.ts'
import { image } from './image.ts'
import type { InputDef } from './input.ts'
import { rating } from './rating.ts'
import { row } from './row.ts'

export const inputs = {
  image,
  row,
  rating,
} satisfies Partial<Record<InputKind, InputDef>>
