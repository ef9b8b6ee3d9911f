// Baselines of language models: n-grams of characters and of subwords, smoothed after Kneser and Ney.
import { KneserNey } from '../../baselines/kneser-ney.ts'
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import { readText } from '../../data/text/read.ts'
import { measureSums } from '../../metrics/bootstrap-sums.ts'
import { loadTokenizer, type Tokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'
import { byRow, meanOfValues, type BaselineDef, type BaselineRequest } from './baseline.ts'

interface Setting {
  readonly note: string
  readonly order: number
  readonly tokenizer: (texts: readonly string[]) => Tokenizer
}
const characters = (texts: readonly string[]): Tokenizer => loadTokenizer(trainTokenizer('character', texts, { size: 1_000 }))
const subwords = (size: number) => (texts: readonly string[]): Tokenizer => loadTokenizer(trainTokenizer('bpe', texts, { size }))

/** Settings are chosen on the validation split. */
const MODELS: readonly { readonly name: string; readonly title: string; readonly settings: readonly Setting[] }[] = [
  { name: 'kneser-ney-3', title: 'Kneser–Ney 3-gram of characters', settings: [{ note: 'interpolated, modified', order: 3, tokenizer: characters }] },
  { name: 'kneser-ney-5', title: 'Kneser–Ney 5-gram of characters', settings: [{ note: 'interpolated, modified', order: 5, tokenizer: characters }] },
  { name: 'kneser-ney-5-subwords', title: 'Kneser–Ney 5-gram of subwords', settings: [400, 600, 1000].map((size) => ({ note: `interpolated, modified; byte-level BPE of ${size} tokens`, order: 5, tokenizer: subwords(size) })) },
]
/** Characters beyond which counting n-grams takes too much memory. */
const MOST = 2_000_000

interface Text {
  readonly id: number
  readonly text: string
}
interface Measured {
  /** Bits and characters of each text. */
  readonly sums: readonly (readonly [bits: number, characters: number])[]
  readonly bitsPerCharacter: number
}

export const languageBaseline: BaselineDef = {
  ranking: { metric: 'bits_per_character', lowerIsBetter: true, measure: meanOfValues },
  valuesOf: byRow(({ output }) => {
    const bits = output && !Array.isArray(output) && 'kind' in output && output.kind === 'foretold' ? output['bits_per_character'] : null
    return typeof bits === 'number' ? [bits] : null
  }),
  run: async function* (request) {
    const { train, val, test } = await splits(request)
    for (const { name, title, settings } of MODELS) {
      if (request.only !== undefined && request.only !== name) continue
      request.signal?.throwIfAborted()
      request.onProgress?.({ done: 0, total: null, stage: title })
      await new Promise((resolve) => setImmediate(resolve))
      const began = performance.now()
      const tried = settings.map((setting) => {
        const tokenizer = setting.tokenizer(train.map((t) => t.text))
        const model = new KneserNey(train.map((t) => tokenizer.encode(t.text).ids), tokenizer.size, setting.order)
        return { ...setting, tokenizer, model, quality: settings.length === 1 || val.length === 0 ? 0 : measured(model, tokenizer, val).bitsPerCharacter }
      })
      const best = tried.reduce((a, b) => (b.quality < a.quality ? b : a))
      const { sums } = measured(best.model, best.tokenizer, test)
      const { metrics, intervals } = measureSums(sums, { bits_per_character: (s) => (s[0] ?? 0) / (s[1] ?? 1) }, request.seed)
      yield { name, title, note: best.note, metrics, intervals, seconds: (performance.now() - began) / 1000, values: new Map(test.map(({ id }, i) => [id, [(sums[i]?.[0] ?? 0) / (sums[i]?.[1] ?? 1)]])), exportable: null }
    }
  },
}

function measured(model: KneserNey, tokenizer: Tokenizer, texts: readonly Text[]): Measured {
  const sums = texts.map(({ text }) => [-model.logProbabilities(tokenizer.encode(text).ids).reduce((a, b) => a + b, 0) / Math.LN2, Array.from(text).length] as const)
  return { sums, bitsPerCharacter: sums.reduce((s, [bits]) => s + bits, 0) / Math.max(1, sums.reduce((s, [, n]) => s + n, 0)) }
}

async function splits(request: BaselineRequest): Promise<{ train: Text[]; val: Text[]; test: Text[] }> {
  const of = async (split: string): Promise<Text[]> => {
    const texts: Text[] = []
    for (const { id } of request.samples.filter((s) => s.split === split)) {
      request.signal?.throwIfAborted()
      try {
        texts.push({ id, text: readText(await request.read(id)) })
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error
        throw new LatheError('data', `sample ${id} cannot be read: ${error.reason}`, { sample: id }, { cause: error })
      }
    }
    return texts
  }
  const [train, val, test] = [await of('train'), request.split === 'val' ? [] : await of('val'), await of(request.split)]
  if (train.length === 0) throw new LatheError('data', 'there is no text in the train split: split the data first')
  if (test.length === 0) throw new LatheError('data', `there is no text in the ${request.split} split to measure on`)
  const size = train.reduce((sum, t) => sum + t.text.length, 0)
  if (size > MOST) throw new LatheError('data', `${size.toLocaleString('en')} characters to learn from take too much memory for counting n-grams: compare on a part of the text of at most ${MOST.toLocaleString('en')}`)
  return { train, val, test }
}
