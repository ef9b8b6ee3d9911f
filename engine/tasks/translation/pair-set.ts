// PairSet: sources with their translations as rows of a data set: both in tokens, and the token after each of the translation as the target.
import { LatheError } from '../../contract/errors.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TranslationInput } from '../../contract/inputs/translation.ts'
import { readText } from '../../data/text/read.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { loadTokenizer, type Tokenizer } from '../../tokenize/load.ts'
import type { LoadRequest, TaskDef } from '../task.ts'
import { readSamples } from '../text/read-samples.ts'

interface Pair {
  readonly id: number
  readonly source: readonly number[]
  /** Start token, text, end token; the start token alone where there is no translation. */
  readonly target: readonly number[]
  /** Null without one. */
  readonly text: string | null
}

export const pairFeatures = ({ sourceLength, targetLength }: TranslationInput): Record<string, TensorSpec> => ({
  source: { dtype: 'int64', shape: [sourceLength] },
  source_length: { dtype: 'int64', shape: [1] },
  written: { dtype: 'int64', shape: [targetLength] },
  written_length: { dtype: 'int64', shape: [1] },
})
export const pairTargets = ({ targetLength }: TranslationInput): Record<string, TensorSpec> => ({ next: { dtype: 'int64', shape: [targetLength] } })

/** The ids that every answer begins and ends with. @throws LatheError `data` where the tokenizer lacks them. */
export function boundsOf({ special: { start, end } }: Tokenizer): { readonly start: number; readonly end: number } {
  if (start === null || end === null) throw new LatheError('data', 'the target tokenizer of the recipe needs a start and an end token ([BOS], [EOS]); train one for this task')
  return { start, end }
}

/** @throws LatheError `data` where there is no sample. */
export async function pairSet(request: LoadRequest): Promise<DataSet> {
  const input = inputOf('translation', request.config)
  const [source, target] = [loadTokenizer(input.source), loadTokenizer(input.target)]
  const { start, end } = boundsOf(target)
  const read = await readSamples(request, readText)
  const pairs = request.samples.map(({ id, label }, i): Pair => {
    const text = label?.kind === 'text' ? label.text : null
    // Of a translation that is too long the end token is not learned: it is not where the network would have to write it.
    // To be predicted or explained is how the answer begins.
    const known = request.purpose !== 'predict' && text !== null
    return { id, source: source.encode(read[i] ?? '').ids.slice(0, input.sourceLength), target: !known ? [start] : [start, ...target.encode(text).ids, end].slice(0, input.targetLength + 1), text }
  })
  if (pairs.length === 0) throw new LatheError('data', 'this split holds no text to translate')
  return setOf(pairs, input)
}

/** One length for both: of a pair that of its longer side. */
export const pairPadding: TaskDef['padding'] & object = {
  full: (config) => fullLength(inputOf('translation', config)),
  to: (config, steps) => ({ ...config, input: shorter(inputOf('translation', config), steps) }),
}

const fullLength = ({ sourceLength, targetLength }: TranslationInput): number => Math.max(sourceLength, targetLength)
const shorter = (input: TranslationInput, steps: number): TranslationInput => ({ ...input, sourceLength: Math.min(input.sourceLength, steps), targetLength: Math.min(input.targetLength, steps) })

function setOf(pairs: readonly Pair[], input: TranslationInput): DataSet {
  return {
    count: pairs.length,
    ids: Int32Array.from(pairs, (pair) => pair.id),
    labels: Int32Array.from(pairs, (pair) => (pair.text === null ? -1 : 0)),
    tensors: { ...pairFeatures(input), ...pairTargets(input) },
    lengths: Int32Array.from(pairs, ({ source, target }) => Math.max(1, source.length, target.length - 1)),
    fill: (rows, out, _random, steps = fullLength(input)) => {
      const padded = shorter(input, steps)
      for (let i = 0; i < rows.length; i++) {
        const pair = pairs[rows[i] ?? 0]
        if (pair) write(pair, out, i, padded)
      }
    },
    truth: (row): string | null => pairs[row]?.text ?? null,
  }
}

function write({ source, target }: Pair, out: Readonly<Record<string, TensorData>>, slot: number, { sourceLength, targetLength }: TranslationInput): void {
  const tensors = out as Readonly<Record<string, BigInt64Array | undefined>>
  const put = (name: string, length: number, values: readonly number[], padding: bigint): void => {
    const into = tensors[name]
    if (into) for (let t = 0; t < length; t++) into[slot * length + t] = t < values.length ? BigInt(values[t] ?? 0) : padding
  }
  // All but the last are read, all but the first are foretold.
  const read = target.length > 1 ? target.slice(0, -1) : target
  put('source', sourceLength, source, 0n)
  // An empty source is read as one token of padding.
  put('source_length', 1, [Math.max(1, source.length)], 0n)
  put('written', targetLength, read, 0n)
  put('written_length', 1, [read.length], 0n)
  put('next', targetLength, target.slice(1), -1n)
}
