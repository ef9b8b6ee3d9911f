// TokenSet: rows of tokens in memory, padded to the recipe's length or to that of a batch, with the class of each.
import type { TextAugmentation } from '../../contract/augment/text.ts'
import { augmentTokens } from '../../data/text/augment.ts'
import type { DataSet, LoadSample, TensorData, TensorSpec } from '../../data/types.ts'
import { LatheError } from '../../contract/errors.ts'
import type { Tokenizer } from '../../tokenize/load.ts'
import type { TokenRow } from './encode.ts'

export interface TokenRows {
  readonly samples: readonly LoadSample[]
  /** One or two sequences for each sample. */
  readonly rows: readonly (readonly TokenRow[])[]
  readonly length: number
  readonly tokenizer: Tokenizer
  readonly augment: TextAugmentation | null
}

/** Features `tokens` int32 and `segments` uint8 of `parts` sequences: 0 is padding, 1 and 2 the text that a token belongs to. */
export function tokenSpecs(length: number, parts: 1 | 2 = 1): Record<string, TensorSpec> {
  const shape = parts === 1 ? [length] : [parts, length]
  return { tokens: { dtype: 'int32', shape }, segments: { dtype: 'uint8', shape } }
}

/** Writes padded sequences one after another. */
export class TokenRowsData {
  readonly #set: TokenRows
  readonly #kept: ReadonlySet<number>
  /** Tokens of each row: of two sequences those of the longer. */
  readonly lengths: Int32Array

  constructor(set: TokenRows) {
    this.#set = set
    const { special } = set.tokenizer
    this.lengths = Int32Array.from(set.rows, (parts) => Math.max(...parts.map(({ ids }) => ids.length)))
    this.#kept = new Set(Object.values(special).filter((id): id is number => id !== null && id !== special.unknown))
  }

  fill(rows: ArrayLike<number>, out: Readonly<Record<string, TensorData>>, random: Parameters<DataSet['fill']>[2], steps = this.#set.length): void {
    const { augment, tokenizer } = this.#set
    const { tokens, segments } = out
    if (tokens instanceof Int32Array) tokens.fill(tokenizer.special.pad)
    if (segments instanceof Uint8Array) segments.fill(0)
    let at = 0
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] ?? 0
      if ((this.lengths[row] ?? 0) > steps) throw new LatheError('internal', `row ${row} has ${this.lengths[row]} tokens, its batch is padded to ${steps}`)
      const own = augment && random ? random(row) : null
      for (const part of this.#set.rows[row] ?? []) {
        if (tokens instanceof Int32Array) {
          tokens.set(part.ids, at)
          if (augment && own) augmentTokens(tokens, at, at + part.ids.length, augment, tokenizer.special.unknown, this.#kept, own)
        }
        if (segments instanceof Uint8Array) segments.set(part.segments, at)
        at += steps
      }
    }
  }
}

/** With `labels`, the class of each row. */
export function classifiedTokens(set: TokenRows, parts: 1 | 2 = 1): DataSet {
  const data = new TokenRowsData(set)
  const labels = Int32Array.from(set.samples, (s) => s.class)
  return {
    count: set.samples.length,
    ids: Int32Array.from(set.samples, (s) => s.id),
    labels,
    tensors: { ...tokenSpecs(set.length, parts), labels: { dtype: 'int64', shape: [] } },
    lengths: data.lengths,
    fill: (rows, out, random, steps) => {
      data.fill(rows, out, random, steps)
      const target = out['labels']
      if (target instanceof BigInt64Array) for (let i = 0; i < rows.length; i++) target[i] = BigInt(Math.max(0, labels[rows[i] ?? 0] ?? 0))
    },
    truth: () => null,
  }
}
