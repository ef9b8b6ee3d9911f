// Default recipes for texts, adapted to how long they are, how many words they have and how many there are; every choice says why.
import { LatheError } from '../../contract/errors.ts'
import { MOST_TOKENS, type TextInput } from '../../contract/inputs/text.ts'
import type { TextPairInput } from '../../contract/inputs/text-pair.ts'
import { bucketsWorth } from '../../data/buckets.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import type { TokenizerChoice, TokenizerJson, TokenizerKind } from '../../contract/tokenizer.ts'
import { trainTokenizer, type TrainTokenizerOptions } from '../../tokenize/train.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { wordsOf } from '../../tokenize/words.ts'

/** Samples that the tokenizer is learned from: more change a vocabulary hardly. */
export const LOOKED_AT = 20_000
/** Longest row of words by default: reading on costs time, and most texts have said by then what they are. */
const MOST_WORDS = 256
/** A share of texts this small may be cut: one endless text must not make all others wait. */
const CUT = 0.02

/** Words, where texts repeat them; parts of words, where many are met once (names, long compounds); characters, where nothing parts words. */
export function chooseKind(texts: readonly string[]): TokenizerKind {
  const counts = new Map<string, number>()
  let words = 0
  let letters = 0
  for (const text of texts) {
    for (const { text: word } of wordsOf(text)) {
      words++
      letters += word.length
      const key = word.toLowerCase()
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  if (words === 0 || letters / words > 15) return 'character'
  const once = [...counts.values()].filter((n) => n === 1).length
  return once / words > 0.05 ? 'wordpiece' : 'word'
}

/** A tokenizer for these texts. Words met once are left unknown where there are many, so that the network learns what to make of unknown ones. */
export function tokenizerFor(texts: readonly string[], special: TrainTokenizerOptions['special'] & object, asked: TokenizerChoice = {}, { usual = chooseKind(texts), lowercase }: { readonly usual?: TokenizerKind; readonly lowercase?: boolean } = {}): TokenizerJson {
  if (texts.length === 0) throw new LatheError('data', 'there is no labelled text to learn from; import texts and label them')
  const kind = asked.kind ?? usual
  return trainTokenizer(kind, texts, { special, size: asked.size ?? (kind === 'wordpiece' || kind === 'bpe' ? 4_000 : 20_000), minCount: texts.length > 1_000 ? 2 : 1, ...(lowercase !== undefined && kind !== 'character' && kind !== 'bpe' && { lowercase }) })
}

/** Kinds that give a text back as it was, for tasks that write. @throws LatheError `usage` for the others. */
export function writingKind(task: string, { kind = 'bpe' }: TokenizerChoice = {}): TokenizerKind {
  if (kind !== 'bpe' && kind !== 'character') throw new LatheError('usage', `tokenizer '${kind}' forgets spaces and capitals, and ${task} must write them: use bpe or character`)
  return kind
}

/** Room for `counts` tokens and `extra` special ones: of all rows but the longest, in steps of four. */
export function lengthFor(counts: readonly number[], extra: number, kind: TokenizerKind | null): number {
  const most = kind === 'character' ? 4 * MOST_WORDS : MOST_WORDS
  const sorted = Float64Array.from(counts).sort()
  const longest = sorted.at(-1) ?? 1
  const usual = sorted[Math.floor((1 - CUT) * (sorted.length - 1))] ?? 1
  // Where the longest is hardly longer than the others, none is cut.
  const wanted = (longest <= 2 * usual ? longest : usual) + extra
  return Math.min(MOST_TOKENS, Math.max(4, Math.min(most, Math.ceil(wanted / 4) * 4)))
}

/** How often each id stands in the texts that the tokenizer was learned from, and how many tokens each text has. */
export function counted(json: TokenizerJson, texts: readonly string[]): { readonly counts: number[]; readonly lengths: number[]; readonly kind: TokenizerKind | null } {
  const tokenizer = loadTokenizer(json)
  const counts = new Array<number>(tokenizer.size).fill(0)
  const lengths = texts.map((text) => {
    const { ids } = tokenizer.encode(text)
    for (const id of ids) counts[id] = (counts[id] ?? 0) + 1
    return ids.length
  })
  return { counts, lengths, kind: tokenizer.kind }
}

export type Family = 'bag' | 'convolution' | 'recurrent' | 'transformer'

interface Plan {
  readonly updates: number
  readonly batch: number
  readonly lr: number
  readonly dropout: number
}
/** Updates that each kind of network needs from scratch. Recurrent ones bear, and need, a high rate; attention learns slowest what belongs together. */
const PLANS: Record<Family, Plan> = {
  bag: { updates: 800, batch: 64, lr: 1e-2, dropout: 0.1 },
  convolution: { updates: 1_200, batch: 32, lr: 3e-3, dropout: 0.2 },
  recurrent: { updates: 1_400, batch: 32, lr: 1e-2, dropout: 0.2 },
  transformer: { updates: 2_200, batch: 32, lr: 4e-3, dropout: 0.1 },
}

/** Wider networks only pay with many words and many samples. */
export function widthFor(json: TokenizerJson, samples: number): number {
  const tokens = loadTokenizer(json).size
  return tokens < 500 || samples < 2_000 ? 32 : tokens < 5_000 || samples < 50_000 ? 64 : 128
}

/** What a recipe is made of: `lengths` of the texts that were looked at, special tokens among them. */
export interface TextFacts {
  readonly samples: number
  readonly lengths: readonly number[]
}

export function textRecipe(base: Pick<TrainConfig, 'task' | 'model' | 'modelOptions'> & { readonly input: TextInput | TextPairInput }, family: Family, { samples, lengths }: TextFacts, change: Partial<Plan> = {}): TrainConfig {
  const { updates, batch, lr, dropout } = { ...PLANS[family], ...change }
  const fitting = samples < 8 * batch ? Math.max(4, 2 ** Math.floor(Math.log2(Math.max(4, samples / 8)))) : batch
  // About as many updates for sets of any size, and each sample at least thrice.
  const epochs = Math.max(3, Math.min(60, Math.round((updates * fitting) / Math.max(1, samples))))
  return {
    ...base,
    ...trainDefaults,
    epochs,
    batch: fitting,
    // A bag looks its words up and adds them: padding costs it next to nothing.
    buckets: family === 'bag' ? 1 : bucketsWorth(lengths, base.input.length, epochs * Math.ceil(samples / fitting)),
    optimizer: 'adam',
    lr,
    // A warm-up bears the rate, and the cosine takes it back to almost nothing.
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0,
    // Through many steps in time gradients can explode: longer ones are scaled down.
    clipNorm: 1,
    // Keeps the network from being certain of texts that are wrongly labelled.
    labelSmoothing: 0.02,
    dropout,
    initializer: 'xavier-uniform',
    seed: 1,
    // Leaving out or exchanging words would change what is said where order and small words decide.
    augment: null,
    earlyStopping: null,
  }
}
