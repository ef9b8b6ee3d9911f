// loadTokenizer: a tokenizer.json at work, by @huggingface/tokenizers: text to tokens with their places, and back.
import { Tokenizer as HuggingFace } from '@huggingface/tokenizers'
import { LatheError } from '../contract/errors.ts'
import { SPECIAL_TOKENS, tokenizerJson, type SpecialToken, type TokenizerJson, type TokenizerKind } from '../contract/tokenizer.ts'
import { byteOffsets, characterOffsets, partOffsets, searchOffsets, type Offset } from './offsets.ts'
import { WORD_PATTERN, wordsOf } from './words.ts'

export interface Encoding {
  readonly ids: readonly number[]
  readonly tokens: readonly string[]
  /** Of each token in UTF-16 code units of the text, end excluded. */
  readonly offsets: readonly Offset[]
}

export interface Tokenizer {
  /** Null for a tokenizer of another make. */
  readonly kind: TokenizerKind | null
  /** Number of ids: one more than the largest. */
  readonly size: number
  readonly special: { readonly pad: number; readonly unknown: number } & { readonly [S in Exclude<SpecialToken, 'pad' | 'unknown'>]: number | null }
  /** Without special tokens; an empty text has none. Every id is below `size`. */
  encode(text: string): Encoding
  /** Special tokens and ids that there are not are left out. `character` and `bpe` give the text back exactly where all of it was known. */
  decode(ids: Iterable<number>): string
  /** Text of a token as it stands in the vocabulary; null where there is no such id. */
  token(id: number): string | null
  id(token: string): number | null
}

/** Words kept with their tokens: texts repeat them. */
const CACHED = 50_000

/** Throws LatheError `data` for JSON that is no tokenizer or lacks the padding or unknown token. */
export function loadTokenizer(json: TokenizerJson): Tokenizer {
  const parsed = tokenizerJson.safeParse(json)
  if (!parsed.success) throw broken(parsed.error.issues[0]?.message ?? 'unreadable')
  const kind = kindOf(json)
  const library = open(json)
  const special = specialOf(json)
  const shown = new Set(Object.values(special).filter((id) => id !== null))
  const vocabulary = library.get_vocab()
  const size = Math.max(0, ...vocabulary.values()) + 1
  const encodeWhole = (text: string): { ids: number[]; tokens: string[] } => {
    // There is no id where a tokenizer names no unknown token.
    const { ids, tokens } = library.encode(text, { add_special_tokens: false }) as { ids: (number | undefined)[]; tokens: string[] }
    const known = ids.map((id) => id ?? special.unknown)
    return { ids: known, tokens: known.map((id, i) => (id === special.unknown ? SPECIAL_TOKENS.unknown : (tokens[i] ?? ''))) }
  }
  const byWords = kind === 'word' || kind === 'wordpiece'
  const cache = new Map<string, { ids: number[]; tokens: string[] }>()
  const encodeWord = (word: string): { ids: number[]; tokens: string[] } => {
    let found = cache.get(word)
    if (!found) {
      found = encodeWhole(word)
      if (cache.size < CACHED) cache.set(word, found)
    }
    return found
  }
  return {
    kind,
    size,
    special,
    encode: (text) => {
      if (!byWords) {
        const whole = encodeWhole(text)
        const place = kind === 'bpe' ? byteOffsets : kind === 'character' ? characterOffsets : searchOffsets
        return { ...whole, offsets: place(text, whole.tokens) }
      }
      const ids: number[] = []
      const tokens: string[] = []
      const offsets: Offset[] = []
      for (const word of wordsOf(text)) {
        const part = encodeWord(word.text)
        for (const id of part.ids) ids.push(id)
        for (const token of part.tokens) tokens.push(token)
        for (const offset of partOffsets(word, part.tokens)) offsets.push(offset)
      }
      return { ids, tokens, offsets }
    },
    decode: (ids) => {
      const kept = Array.from(ids).filter((id) => !shown.has(id) && library.id_to_token(id) !== undefined)
      return kept.length === 0 ? '' : library.decode(kept, { clean_up_tokenization_spaces: byWords })
    },
    token: (id) => library.id_to_token(id) ?? null,
    id: (token) => library.token_to_id(token) ?? null,
  }
}

function open(json: TokenizerJson): HuggingFace {
  try {
    return new HuggingFace(json, { unk_token: SPECIAL_TOKENS.unknown, pad_token: SPECIAL_TOKENS.pad, clean_up_tokenization_spaces: false })
  } catch (error) {
    throw broken(error instanceof Error ? error.message : String(error))
  }
}

function broken(reason: string): LatheError {
  return new LatheError('data', `the tokenizer cannot be used: ${reason}; expected a tokenizer.json of Hugging Face with ${SPECIAL_TOKENS.pad} and ${SPECIAL_TOKENS.unknown} among its added tokens`)
}

/** Names that tokenizers of other makes give to the same roles. */
const OTHER_NAMES: Record<SpecialToken, readonly string[]> = { pad: ['<pad>'], unknown: ['<unk>'], class: ['<cls>'], separator: ['<sep>', '</s>'], start: ['<s>', '<bos>'], end: ['</s>', '<eos>', '<|endoftext|>'] }

function specialOf(json: TokenizerJson): Tokenizer['special'] {
  const find = (role: SpecialToken): number | null => {
    const names = [SPECIAL_TOKENS[role], ...OTHER_NAMES[role]]
    return json.added_tokens.find((t) => names.includes(t.content))?.id ?? null
  }
  const [pad, unknown] = [find('pad'), find('unknown')]
  if (pad === null || unknown === null) throw broken(`there is no ${pad === null ? SPECIAL_TOKENS.pad : SPECIAL_TOKENS.unknown}`)
  return { pad, unknown, class: find('class'), separator: find('separator'), start: find('start'), end: find('end') }
}

function kindOf({ model, pre_tokenizer: before }: TokenizerJson): TokenizerKind | null {
  const ours = before?.type === 'Split' && JSON.stringify(before['pattern']) === JSON.stringify({ Regex: WORD_PATTERN })
  if (model.type === 'WordLevel' && ours) return 'word'
  if (model.type === 'WordPiece' && ours) return 'wordpiece'
  if (model.type === 'BPE' && before?.type === 'ByteLevel') return 'bpe'
  if (model.type === 'BPE' && before === null && Array.isArray(model['merges']) && model['merges'].length === 0) return 'character'
  return null
}
