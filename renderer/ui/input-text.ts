// inputText: what a model is fed, in a few words.
import type { ModelInput } from '../../engine/contract/recipe.ts'

export function inputText(input: ModelInput): string {
  if (input.kind === 'image') return `${input.height} × ${input.width} × ${input.channels}`
  const sizes = Object.entries(input).filter(([, value]) => typeof value === 'number').map(([name, value]) => `${name} ${String(value)}`)
  return [input.kind, ...sizes].join(', ')
}
