// TagSet: texts as rows of tokens with a tag for each.
import { inputOf } from '../../contract/inputs/of.ts'
import { spansOf, tagsOf, type FoundSpan, type Span } from '../../data/text/bio.ts'
import { readText } from '../../data/text/read.ts'
import type { DataSet } from '../../data/types.ts'
import { loadTokenizer, type Tokenizer } from '../../tokenize/load.ts'
import type { Offset } from '../../tokenize/offsets.ts'
import { encodeText } from '../text/encode.ts'
import { readSamples } from '../text/read-samples.ts'
import { textAugmentation } from '../text/text-augmentation.ts'
import { tokenSpecs, TokenRowsData } from '../text/token-set.ts'
import type { LoadRequest } from '../task.ts'

/** What a row is scored against. */
export interface TagTruth {
  readonly text: string
  /** Of the row's tokens but the class token in front. */
  readonly places: readonly Offset[]
  /** Null where not labelled. */
  readonly spans: readonly Span<number>[] | null
}

/** Places of the tokens of a row of `length`, those not read left out. */
export const placesOf = (tokenizer: Tokenizer, text: string, length: number): readonly Offset[] => tokenizer.encode(text).offsets.slice(0, length - 1)

/** Spans of a row of tags, whose first is that of the class token. */
export const spansOfRow = (tags: ArrayLike<number | bigint>, places: readonly Offset[]): FoundSpan[] => spansOf(Array.from(tags, Number).slice(1), places)

export async function tagSet(request: LoadRequest): Promise<DataSet> {
  const { tokenizer: json, length } = inputOf('text', request.config)
  const tokenizer = loadTokenizer(json)
  const texts = await readSamples(request, readText)
  const { samples } = request
  const truths = texts.map((text, i): TagTruth => {
    const label = samples[i]?.label
    return { text, places: placesOf(tokenizer, text, length), spans: label?.kind === 'spans' ? label.spans : null }
  })
  const tags = truths.map(({ spans, places }) => tagsOf(spans ?? [], places))
  const data = new TokenRowsData({ samples, rows: texts.map((text) => [encodeText(tokenizer, text, length)]), length, tokenizer, augment: textAugmentation(request.config) })
  return {
    count: samples.length,
    ids: Int32Array.from(samples, (s) => s.id),
    labels: Int32Array.from(truths, ({ spans }) => (spans ? 0 : -1)),
    tensors: { ...tokenSpecs(length), gold: { dtype: 'int64', shape: [length] } },
    lengths: data.lengths,
    fill: (rows, out, random, steps = length) => {
      data.fill(rows, out, random, steps)
      const target = out['gold']
      if (!(target instanceof BigInt64Array)) return
      target.fill(0n)
      for (let i = 0; i < rows.length; i++) tags[rows[i] ?? 0]?.forEach((tag, t) => (target[i * steps + 1 + t] = BigInt(tag)))
    },
    truth: (row) => truths[row] ?? null,
  }
}
