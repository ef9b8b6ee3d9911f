// Registry of what samples can be, by kind.
import type { InputKind } from '../contract/input-kind.ts'
import { image } from './image.ts'
import type { InputDef } from './input.ts'

export const inputs = {
  image,
} satisfies Partial<Record<InputKind, InputDef>>
