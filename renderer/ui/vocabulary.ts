// vocabulariesOf(): the tokens that a run reads and writes, with how often each stood in its training texts.
import type { ModelInput } from '../../engine/contract/inputs/index.ts'
import type { TokenizerJson } from '../../engine/contract/tokenizer.ts'

export interface VocabularyToken {
  readonly id: number
  readonly token: string
  /** Null where nobody counted. */
  readonly count: number | null
  readonly special: boolean
}
export interface Vocabulary {
  readonly title: string
  /** Special tokens first, then the most frequent. */
  readonly tokens: readonly VocabularyToken[]
}

const BYTE_MARKS: Readonly<Record<string, string>> = { Ġ: '␣', Ċ: '⏎', ĉ: '⇥' }

/** As people read it: blanks and ends of lines as signs. */
export function shownToken(token: string): string {
  return token.replaceAll(/[ĠĊĉ]/g, (mark) => BYTE_MARKS[mark] ?? mark).replaceAll(' ', '␣').replaceAll('\n', '⏎').replaceAll('\t', '⇥')
}

function vocabulary(title: string, { model, added_tokens: added }: TokenizerJson, counts: readonly number[] | undefined): Vocabulary {
  const special = new Set(added.map((t) => t.id))
  const tokens = Object.entries(model.vocab).map(([token, id]): VocabularyToken => ({ id, token: shownToken(token), count: counts?.[id] ?? null, special: special.has(id) }))
  return { title, tokens: tokens.sort((a, b) => Number(b.special) - Number(a.special) || (b.count ?? 0) - (a.count ?? 0) || a.id - b.id) }
}

/** Of an input that is no text none. */
export function vocabulariesOf(input: ModelInput): Vocabulary[] {
  if (input.kind === 'translation') return [vocabulary('Vocabulary of the source', input.source, undefined), vocabulary('Vocabulary of the translation', input.target, undefined)]
  if (!('tokenizer' in input)) return []
  return [vocabulary('Vocabulary', input.tokenizer, 'counts' in input ? input.counts : undefined)]
}
