// comparedSpans(): predicted spans against the true ones, in the order of the text.
import type { Outputs } from '../../../engine/contract/commands.ts'

export interface NamedSpan {
  readonly start: number
  readonly end: number
  readonly class: string
}
export interface ComparedSpan extends NamedSpan {
  readonly text: string
  /** Null for spans that were not predicted. */
  readonly probability: number | null
  /** `predicted` where the truth is not known. */
  readonly state: 'right' | 'missed' | 'extra' | 'predicted'
}

interface Predicted extends NamedSpan {
  readonly probability: number
}

function predictedOf(output: Outputs): readonly Predicted[] {
  return 'spans' in output && Array.isArray(output['spans']) ? (output['spans'] as readonly Predicted[]) : []
}

export function comparedSpans(output: Outputs, truth: readonly NamedSpan[] | null, text: string): ComparedSpan[] {
  const key = (s: NamedSpan): string => `${s.start} ${s.end} ${s.class}`
  const predicted = predictedOf(output)
  const [found, wanted] = [new Set(predicted.map(key)), new Set(truth?.map(key))]
  const shown = predicted.map(({ start, end, class: name, probability }): ComparedSpan => ({ start, end, class: name, text: text.slice(start, end), probability, state: truth === null ? 'predicted' : wanted.has(key({ start, end, class: name })) ? 'right' : 'extra' }))
  const missed = (truth ?? []).filter((s) => !found.has(key(s))).map((s): ComparedSpan => ({ ...s, text: text.slice(s.start, s.end), probability: null, state: 'missed' }))
  return [...shown, ...missed].sort((a, b) => a.start - b.start || a.end - b.end)
}
