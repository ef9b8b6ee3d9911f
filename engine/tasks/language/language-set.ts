// LanguageSet: windows of texts as rows of a data set: tokens as the feature, the token after each as the target.
import { LatheError } from '../../contract/errors.ts'
import type { LanguageInput } from '../../contract/inputs/language.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { KneserNey } from '../../baselines/kneser-ney.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { readText } from '../../data/text/read.ts'
import type { Random } from '../../data/random.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { loadTokenizer, type Tokenizer } from '../../tokenize/load.ts'
import type { LoadRequest } from '../task.ts'
import { readSamples } from '../text/read-samples.ts'
import { scoringWindows, trainingWindows, type Window } from './windows.ts'

/** Target of a token that is not scored. */
export const IGNORED = -1
/** Tokens beyond which counting n-grams takes too much memory. */
const MOST_COUNTED = 500_000

/** What one window is scored against. */
export interface LanguageTruth {
  /** Characters (code points) of the text, in its first window; 0 in the others. */
  readonly characters: number
  /** Tokens that this window foretells. */
  readonly tokens: number
  /** −ln p of those tokens by an n-gram model of the training split; null where there is none. */
  readonly reference: number | null
}

interface Text {
  readonly id: number
  /** The start token, then the text's. */
  readonly tokens: Int32Array
  readonly characters: number
  /** ln p of each of the text's tokens by the n-gram model. */
  readonly reference: Float64Array | null
}
/** What differs between epochs. */
interface Variation {
  readonly shift: boolean
  /** Share of the tokens read that are replaced. */
  readonly noise: number
}
interface Row extends Window {
  readonly text: Text
}

export const languageFeatures = ({ length }: LanguageInput): Record<string, TensorSpec> => ({ ids: { dtype: 'int64', shape: [length] }, length: { dtype: 'int64', shape: [1] } })
export const languageTargets = ({ length }: LanguageInput): Record<string, TensorSpec> => ({ next: { dtype: 'int64', shape: [length] } })

/** Start token and text. @throws LatheError `data` where the tokenizer has no start token. */
export function tokensOf(tokenizer: Tokenizer, text: string): Int32Array {
  const { start } = tokenizer.special
  if (start === null) throw new LatheError('data', 'the tokenizer of the recipe has no start token ([BOS]); train one for this task')
  return Int32Array.from([start, ...tokenizer.encode(text).ids])
}

/** A text to be continued may be empty, or end in white space only. */
export function readPrompt(bytes: Uint8Array): string {
  const loose = new TextDecoder().decode(bytes)
  return loose.trim() === '' ? loose : readText(bytes)
}

/** @throws LatheError `data` where no text has a token. */
export async function languageSet(request: LoadRequest): Promise<DataSet> {
  const input = inputOf('language', request.config)
  const tokenizer = loadTokenizer(input.tokenizer)
  const read = await readSamples(request, request.purpose === 'predict' ? readPrompt : readText)
  const reference = request.purpose === 'evaluate' ? await referenceModel(request, tokenizer) : null
  const texts = request.samples.map(({ id }, i): Text => {
    const text = read[i] ?? ''
    const tokens = tokensOf(tokenizer, text)
    return { id, tokens, characters: Array.from(text).length, reference: reference?.logProbabilities(tokens.subarray(1)) ?? null }
  })
  const rows = texts.flatMap((text) => windowsOf(text.tokens.length, input.length, request.purpose).map((window): Row => ({ ...window, text })))
  if (rows.length === 0) throw new LatheError('data', `none of the ${texts.length} texts of this split holds a token to foretell; add texts that are not empty`)
  return setOf(rows, input, { ahead: request.purpose === 'predict', vary: variation(request.config.augment), tokens: texts.map((text) => text.tokens) })
}

/** What the network has to beat: five tokens at a time, counted on the training split, where that is another split and not too long to count. */
async function referenceModel(request: LoadRequest, tokenizer: Tokenizer): Promise<KneserNey | null> {
  const train = request.others.filter((sample) => sample.split === 'train')
  if (train.length === 0) return null
  const texts = (await readSamples({ ...request, samples: train }, readText)).map((text) => tokenizer.encode(text).ids)
  return texts.reduce((sum, ids) => sum + ids.length, 0) > MOST_COUNTED ? null : new KneserNey(texts, tokenizer.size)
}

function windowsOf(count: number, length: number, purpose: LoadRequest['purpose']): readonly Window[] {
  if (purpose === 'train') return trainingWindows(count, length)
  if (purpose !== 'predict') return scoringWindows(count, length)
  // What follows the text is foretold from as much of its end as the network reads.
  return [{ at: Math.max(0, count - length), end: count, from: count }]
}

/** @throws LatheError `usage` for an augmentation of another kind of sample. */
function variation(augment: TrainConfig['augment']): Variation {
  if (augment === null) return { shift: false, noise: 0 }
  if (!('kind' in augment) || augment.kind !== 'language') throw new LatheError('usage', `augment: expected kind 'language' or null for a language model, found ${'kind' in augment ? `'${augment.kind}'` : 'that of pictures'}`)
  return { noise: 0, ...augment }
}

function setOf(rows: readonly Row[], input: LanguageInput, { ahead, vary, tokens }: { readonly ahead: boolean; readonly vary: Variation; readonly tokens: readonly Int32Array[] }): DataSet {
  const { length } = input
  return {
    count: rows.length,
    ids: Int32Array.from(rows, (row) => row.text.id),
    labels: new Int32Array(rows.length).fill(ahead ? -1 : 0),
    tensors: { ...languageFeatures(input), ...languageTargets(input) },
    fill: (wanted, out, random) => {
      for (let i = 0; i < wanted.length; i++) {
        const row = rows[wanted[i] ?? 0]
        if (!row) continue
        const draws = random?.(wanted[i] ?? 0)
        write(row, out, i, length, vary.shift && draws ? draws.int(length) : 0)
        if (vary.noise > 0 && draws) replaceSome(out['ids']?.subarray(i * length, i * length + row.end - row.at) as BigInt64Array | undefined, tokens, vary.noise, draws)
      }
    },
    truth: (index): LanguageTruth => {
      const row = rows[index]
      if (!row) return { characters: 0, tokens: 0, reference: null }
      const { text, at, from, end } = row
      const reference = text.reference ? -text.reference.subarray(from - 1, end).reduce((a, b) => a + b, 0) : null
      return { characters: at === 0 && from <= 1 ? text.characters : 0, tokens: end - from + 1, reference }
    },
  }
}

/**
 * Each but the first of a share `rate` becomes a token drawn from the texts as often as it stands in them. A network then leans less on long contexts
 * it has met once, as smoothed n-grams do: Xie et al., "Data noising as smoothing in neural network language models", ICLR 2017, https://arxiv.org/abs/1703.02573.
 */
function replaceSome(ids: BigInt64Array | undefined, texts: readonly Int32Array[], rate: number, random: Random): void {
  if (!ids) return
  for (let t = 1; t < ids.length; t++) {
    if (random.uniform() >= rate) continue
    const text = texts[random.int(texts.length)] ?? new Int32Array()
    const drawn = text.length > 1 ? text[1 + random.int(text.length - 1)] : undefined
    if (drawn !== undefined) ids[t] = BigInt(drawn)
  }
}

/** `back`: how many tokens earlier the window begins, where the text reaches back so far. */
function write({ text: { tokens }, at, end, from }: Row, out: Readonly<Record<string, TensorData>>, slot: number, length: number, back: number): void {
  const { ids, length: lengths, next } = out as Readonly<Record<string, BigInt64Array | undefined>>
  const shift = Math.min(back, at)
  const [first, last] = [at - shift, end - shift]
  if (lengths) lengths[slot] = BigInt(last - first)
  for (let t = 0; t < length; t++) {
    const i = first + t
    if (ids) ids[slot * length + t] = BigInt(i < last ? (tokens[i] ?? 0) : 0)
    if (next) next[slot * length + t] = BigInt(i < last && i + 1 >= from - shift && i + 1 < tokens.length ? (tokens[i + 1] ?? IGNORED) : IGNORED)
  }
}
