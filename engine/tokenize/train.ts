// trainTokenizer: a vocabulary learned from texts, as Hugging Face's tokenizer.json.
import { SPECIAL_TOKENS, type SpecialToken, type TokenizerJson, type TokenizerKind } from '../contract/tokenizer.ts'
import { BYTE_CHARACTERS, byteCharacters, piecesOf } from './bytes.ts'
import { learnMerges } from './merges.ts'
import { WORD_PATTERN, wordsOf } from './words.ts'

export interface TrainTokenizerOptions {
  /** Most tokens, special ones included. Single characters (bytes for `bpe`) of the texts are kept even beyond it by `bpe` and `wordpiece`. */
  readonly size?: number
  /** Rarer words, characters and merges are left out. */
  readonly minCount?: number
  /** Capital letters become small ones. By default for `word` and `wordpiece`, which forget spaces too; `character` and `bpe` give text back as it was. */
  readonly lowercase?: boolean
  /** Further special tokens beside padding (0) and unknown (1); they come next, in this order. */
  readonly special?: readonly Exclude<SpecialToken, 'pad' | 'unknown'>[]
}

type Counts = Map<string, number>
interface Learned {
  readonly tokens: readonly string[]
  readonly merges?: readonly (readonly [string, string])[]
}
interface Limits {
  /** Tokens that may be learned. */
  readonly room: number
  readonly minCount: number
}

const CONTINUED = '##'

/**
 * The same texts in the same order always give the same tokenizer. Sizes by default: 20,000 words, all characters, 2,000 subwords.
 * `bpe` is byte-level (no text is unknown to it); `wordpiece` is trained as Hugging Face does: by merges, then used by longest match.
 */
export function trainTokenizer(kind: TokenizerKind, texts: Iterable<string>, options: TrainTokenizerOptions = {}): TokenizerJson {
  const lowercase = options.lowercase ?? (kind === 'word' || kind === 'wordpiece')
  const special = [SPECIAL_TOKENS.pad, SPECIAL_TOKENS.unknown, ...(options.special ?? []).map((s) => SPECIAL_TOKENS[s])]
  const { normalizer, normalise } = normalization(kind, lowercase)
  const size = options.size ?? (kind === 'bpe' || kind === 'wordpiece' ? 2_000 : 20_000)
  const { cut, learn, parts } = KINDS[kind]
  const counts: Counts = new Map()
  for (const text of texts) for (const piece of cut(normalise(text))) counts.set(piece, (counts.get(piece) ?? 0) + 1)
  const learned = learn(counts, { room: Math.max(0, size - special.length), minCount: options.minCount ?? 1 })
  const tokens = [...special, ...learned.tokens.filter((t) => !(special as readonly string[]).includes(t))]
  const vocab = Object.fromEntries(tokens.map((token, id) => [token, id]))
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special.map((content, id) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true })),
    normalizer,
    pre_tokenizer: parts.preTokenizer,
    post_processor: template(options.special ?? [], special),
    decoder: parts.decoder,
    model: { ...parts.model, vocab, ...(learned.merges && { merges: learned.merges.map((m) => [...m]) }) },
  }
}

function normalization(kind: TokenizerKind, lowercase: boolean): { normalizer: TokenizerJson['normalizer']; normalise: (text: string) => string } {
  const lossless = kind === 'bpe' || kind === 'character'
  if (lossless && !lowercase) return { normalizer: null, normalise: (text) => text }
  const steps = [...(lossless ? [] : [{ type: 'NFC' }]), ...(lowercase ? [{ type: 'Lowercase' }] : [])]
  return {
    normalizer: { type: 'Sequence', normalizers: steps },
    normalise: (text) => {
      const composed = lossless ? text : text.normalize('NFC')
      return lowercase ? composed.toLowerCase() : composed
    },
  }
}

/** Most frequent first; of equals the first in code point order. */
function byCount(counts: Counts, { room, minCount }: Limits): string[] {
  return [...counts]
    .filter(([, n]) => n >= minCount)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, room)
    .map(([token]) => token)
}

function learnPieces(counts: Counts, { room, minCount }: Limits, spell: (piece: string) => readonly string[], alphabet: readonly string[], prefix: string): Required<Learned> {
  const words = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([piece, n]) => [spell(piece), n] as const)
  const { merges, made } = learnMerges(words, Math.max(0, room - alphabet.length), Math.max(2, minCount), prefix)
  return { tokens: [...new Set([...alphabet, ...made])], merges }
}

const continued = (word: string): string[] => Array.from(word, (c, i) => (i === 0 ? c : CONTINUED + c))

const WORDS = { type: 'Split', pattern: { Regex: WORD_PATTERN }, behavior: 'Removed', invert: true }
const BYTE_LEVEL = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: true }
const UNKNOWN = { unk_token: SPECIAL_TOKENS.unknown }

interface Kind {
  readonly cut: (text: string) => Iterable<string>
  readonly learn: (counts: Counts, limits: Limits) => Learned
  readonly parts: { readonly preTokenizer: TokenizerJson['pre_tokenizer']; readonly decoder: TokenizerJson['decoder']; readonly model: Record<string, unknown> & { type: string } }
}
const cutWords = (text: string): string[] => wordsOf(text).map((w) => w.text)

const KINDS: Record<TokenizerKind, Kind> = {
  word: { cut: cutWords, learn: (counts, limits) => ({ tokens: byCount(counts, limits) }), parts: { preTokenizer: WORDS, decoder: null, model: { type: 'WordLevel', ...UNKNOWN } } },
  character: {
    // A BPE without merges takes text apart into its code points.
    cut: (text) => text,
    learn: (counts, limits) => ({ tokens: byCount(counts, limits), merges: [] }),
    parts: { preTokenizer: null, decoder: { type: 'Fuse' }, model: { type: 'BPE', dropout: null, ...UNKNOWN, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false } },
  },
  bpe: {
    cut: piecesOf,
    learn: (counts, limits) => learnPieces(counts, limits, byteCharacters, [...BYTE_CHARACTERS].sort(), ''),
    parts: { preTokenizer: BYTE_LEVEL, decoder: BYTE_LEVEL, model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: false, byte_fallback: false } },
  },
  wordpiece: {
    cut: cutWords,
    learn: (counts, limits) => {
      // Both forms of each letter, so that a new word of known letters is never unknown.
      const letters = [...new Set(Array.from(counts.keys(), (word) => Array.from(word)).flat())].sort()
      const alphabet = [...letters, ...letters.map((c) => CONTINUED + c)]
      return { tokens: learnPieces(counts, limits, continued, alphabet, CONTINUED).tokens }
    },
    parts: { preTokenizer: WORDS, decoder: { type: 'WordPiece', prefix: CONTINUED, cleanup: true }, model: { type: 'WordPiece', ...UNKNOWN, continuing_subword_prefix: CONTINUED, max_input_chars_per_word: 100 } },
  },
}

/** What other programs put around a text or a pair: `[CLS] A [SEP] B [SEP]`, or `[BOS] A [EOS]`. */
function template(roles: readonly SpecialToken[], special: readonly string[]): TokenizerJson['post_processor'] {
  const [first, last] = roles.includes('class') ? (['class', 'separator'] as const) : (['start', 'end'] as const)
  const use = [first, last].filter((role) => roles.includes(role))
  if (use.length === 0) return null
  const token = (role: SpecialToken, type_id: number): unknown[] => (roles.includes(role) ? [{ SpecialToken: { id: SPECIAL_TOKENS[role], type_id } }] : [])
  const sequence = (id: 'A' | 'B', type_id: number): unknown => ({ Sequence: { id, type_id } })
  return {
    type: 'TemplateProcessing',
    single: [...token(first, 0), sequence('A', 0), ...token(last, 0)],
    pair: [...token(first, 0), sequence('A', 0), ...token(last, 0), sequence('B', 1), ...token(last, 1)],
    special_tokens: Object.fromEntries(use.map((role) => [SPECIAL_TOKENS[role], { id: SPECIAL_TOKENS[role], ids: [special.indexOf(SPECIAL_TOKENS[role])], tokens: [SPECIAL_TOKENS[role]] }])),
  }
}
