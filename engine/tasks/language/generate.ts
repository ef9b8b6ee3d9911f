// Continuing texts: one token after another, drawn from what the network foretells.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { Random } from '../../data/random.ts'
import { sampleToken } from '../../generate/sample-token.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import type { GenerateRequest, RawOutputs } from '../task.ts'

/** `generated` int64 [rows, tokens]: what follows each row's text. Only where something is to be predicted. */
export async function continueTexts({ set, config, purpose, options, signal, onProgress, ...network }: GenerateRequest): Promise<RawOutputs> {
  if (purpose !== 'predict') return {}
  const input = inputOf('language', config)
  const tokenizer = loadTokenizer(input.tokenizer)
  const never = Object.values(tokenizer.special).filter((id) => id !== null)
  const { length } = input
  const n = set.count
  const first = { ids: new BigInt64Array(n * length), length: new BigInt64Array(n) }
  set.fill(Int32Array.from({ length: n }, (_, i) => i), first, null)
  const texts = Array.from({ length: n }, (_, i) => Array.from(first.ids.subarray(i * length, i * length + Number(first.length[i])), Number))
  const begun = texts.map((t) => t.length)
  // Rows differ by their number, so that the same prompt twice is continued in two ways.
  const random = texts.map((_, i) => new Random(options.seed, 'sample', i))
  for (let made = 0; made < options.tokens; made++) {
    signal?.throwIfAborted()
    const logits = await foretell(texts, length, network)
    texts.forEach((text, i) => {
      const row = logits[i]
      const draws = random[i]
      if (!row || !draws) return
      for (const id of never) row[id] = -Infinity
      text.push(sampleToken(row, options, draws))
    })
    onProgress?.({ done: made + 1, total: options.tokens, stage: 'writing' })
  }
  const generated = new BigInt64Array(n * options.tokens)
  texts.forEach((text, i) => {
    text.slice(begun[i]).forEach((id, k) => (generated[i * options.tokens + k] = BigInt(id)))
  })
  return { generated: { shape: [options.tokens], data: generated } }
}

/** Log-probabilities [V] of the token after each text, of which the network reads the end. */
async function foretell(texts: readonly (readonly number[])[], length: number, network: Pick<GenerateRequest, 'step'>): Promise<Float32Array[]> {
  const ids = new BigInt64Array(texts.length * length)
  const lengths = BigInt64Array.from(texts, (text) => BigInt(Math.min(length, text.length)))
  texts.forEach((text, i) => {
    text.slice(-length).forEach((id, t) => (ids[i * length + t] = BigInt(id)))
  })
  const { log_probabilities: out } = await network.step({ ids, length: lengths }, texts.length)
  if (!(out?.data instanceof Float32Array)) throw new LatheError('internal', 'the network gives no log_probabilities')
  const size = out.data.length / texts.length
  const { data } = out
  return texts.map((_, i) => data.slice(i * size, (i + 1) * size))
}
