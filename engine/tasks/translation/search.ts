// Searching for translations: greedy or by beam, over one step of the network at a time.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { beamSearch, type Prefix } from '../../generate/beam-search.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import type { GenerateRequest, RawOutputs } from '../task.ts'
import { boundsOf } from './pair-set.ts'

/** Prefixes that the network takes at once: more would not be faster, and cost memory. */
const AT_ONCE = 256

/** `generated` int64 [rows, length]: tokens of the best answer, padding behind; `generated_log_probability` float [rows, 1]. */
export async function searchTranslations({ set, config, options, signal, onProgress, ...network }: GenerateRequest): Promise<RawOutputs> {
  const input = inputOf('translation', config)
  const { sourceLength, targetLength } = input
  const tokenizer = loadTokenizer(input.target)
  const n = set.count
  const given = { source: new BigInt64Array(n * sourceLength), source_length: new BigInt64Array(n) }
  set.fill(Int32Array.from({ length: n }, (_, i) => i), given, null)

  const next = async (prefixes: readonly Prefix[]): Promise<Float32Array[]> => {
    const rows: Float32Array[] = []
    for (let from = 0; from < prefixes.length; from += AT_ONCE) {
      signal?.throwIfAborted()
      rows.push(...(await foretell(prefixes.slice(from, from + AT_ONCE))))
    }
    return rows
  }
  const foretell = async (prefixes: readonly Prefix[]): Promise<Float32Array[]> => {
    const count = prefixes.length
    const features = { source: new BigInt64Array(count * sourceLength), source_length: new BigInt64Array(count), written: new BigInt64Array(count * targetLength), written_length: new BigInt64Array(count) }
    prefixes.forEach(({ source, ids }, i) => {
      features.source.set(given.source.subarray(source * sourceLength, (source + 1) * sourceLength), i * sourceLength)
      features.source_length[i] = given.source_length[source] ?? 0n
      ids.forEach((id, t) => (features.written[i * targetLength + t] = BigInt(id)))
      features.written_length[i] = BigInt(ids.length)
    })
    const { log_probabilities: out } = await network.step(features, count)
    if (!(out?.data instanceof Float32Array)) throw new LatheError('internal', 'the network gives no log_probabilities')
    const [data, size] = [out.data, out.data.length / count]
    return prefixes.map((_, i) => data.subarray(i * size, (i + 1) * size))
  }

  const found = await beamSearch(n, next, {
    ...boundsOf(tokenizer),
    width: options.beam ?? input.beam,
    lengthPenalty: input.lengthPenalty,
    most: targetLength,
    onStep: (done, total) => onProgress?.({ done, total, stage: 'translating' }),
  })
  const generated = new BigInt64Array(n * targetLength)
  const logs = new Float32Array(n)
  found.forEach(([best], i) => {
    best?.ids.forEach((id, t) => (generated[i * targetLength + t] = BigInt(id)))
    logs[i] = best?.logProbability ?? -Infinity
  })
  return { generated: { shape: [targetLength], data: generated }, generated_log_probability: { shape: [1], data: logs } }
}
