// The averaged structured perceptron: a weighted sum of features of the words around, and of neighbouring tags; the best row of tags by Viterbi.
import { Random } from '../../data/random.ts'
import type { PlacedWord, Tagger, TaggedText } from './words.ts'

/** Weights of one feature: for each tag the current one, its sum over time, and when that was last brought up to date. */
interface Weights {
  readonly now: Float64Array
  readonly sum: Float64Array
  readonly at: Int32Array
}

const shapeOf = (word: string): string => word.replaceAll(/\p{Lu}/gu, 'A').replaceAll(/\p{Ll}/gu, 'a').replaceAll(/\p{N}/gu, '0').replaceAll(/(.)\1+/gu, '$1')

/** Features of the word at `at`: itself and its neighbours, its beginning, end and shape. */
function featuresOf(words: readonly PlacedWord[], at: number): string[] {
  const word = (i: number): string => words[i]?.text ?? (i < 0 ? '<' : '>')
  const own = word(at)
  return ['', `w ${own}`, `l ${own.toLowerCase()}`, `s ${shapeOf(own)}`, `e3 ${own.slice(-3)}`, `e2 ${own.slice(-2)}`, `b3 ${own.slice(0, 3)}`, `-1 ${word(at - 1)}`, `+1 ${word(at + 1)}`, `-2 ${word(at - 2)}`, `+2 ${word(at + 2)}`, `-1s ${shapeOf(word(at - 1))}`, `+1s ${shapeOf(word(at + 1))}`, `-1w ${word(at - 1)} ${own}`, `+1w ${own} ${word(at + 1)}`]
}

/** Collins, "Discriminative training methods for hidden Markov models", EMNLP 2002. `tags`: how many there are. */
export function fitPerceptron(texts: readonly TaggedText[], tags: number, { epochs, seed, signal }: { readonly epochs: number; readonly seed: number; readonly signal?: AbortSignal }): Tagger {
  const emit = new Map<string, Weights>()
  const make = (): Weights => ({ now: new Float64Array(tags), sum: new Float64Array(tags), at: new Int32Array(tags) })
  const move = Array.from({ length: tags + 1 }, make)
  const rows = texts.map(({ words, tags: gold }) => ({ features: words.map((_, i) => featuresOf(words, i)), gold }))
  let time = 0
  const add = (weights: Weights, tag: number, by: number): void => {
    weights.sum[tag] = (weights.sum[tag] ?? 0) + (time - (weights.at[tag] ?? 0)) * (weights.now[tag] ?? 0)
    weights.at[tag] = time
    weights.now[tag] = (weights.now[tag] ?? 0) + by
  }
  const learn = (features: readonly (readonly string[])[], row: readonly number[], by: number): void => {
    row.forEach((tag, i) => {
      for (const name of features[i] ?? []) {
        let weights = emit.get(name)
        if (!weights) emit.set(name, (weights = make()))
        add(weights, tag, by)
      }
      const before = move[i === 0 ? tags : (row[i - 1] ?? 0)]
      if (before) add(before, tag, by)
    })
  }
  for (let epoch = 0; epoch < epochs; epoch++) {
    signal?.throwIfAborted()
    for (const at of new Random(seed, 'shuffle', epoch).shuffle([...rows.keys()])) {
      const { features, gold } = rows[at] ?? { features: [], gold: [] }
      const found = viterbi(features, tags, (name) => emit.get(name)?.now, (tag) => move[tag]?.now)
      time++
      if (found.every((tag, i) => tag === gold[i])) continue
      learn(features, gold, 1)
      learn(features, found, -1)
    }
  }
  const mean = ({ now, sum, at }: Weights): Float64Array => now.map((w, tag) => ((sum[tag] ?? 0) + (time - (at[tag] ?? 0)) * w) / Math.max(1, time))
  const [emitted, moved] = [new Map(Array.from(emit, ([name, w]) => [name, mean(w)])), move.map(mean)]
  return { tags: (words) => viterbi(words.map((_, i) => featuresOf(words, i)), tags, (name) => emitted.get(name), (tag) => moved[tag]) }
}

/** The row of tags with the largest sum; of equals the lower tag. `move(tags)` is the beginning. */
function viterbi(features: readonly (readonly string[])[], tags: number, emit: (name: string) => Float64Array | undefined, move: (from: number) => Float64Array | undefined): number[] {
  const from: Int32Array[] = []
  let best = new Float64Array(tags)
  features.forEach((names, i) => {
    const own = new Float64Array(tags)
    for (const name of names) emit(name)?.forEach((w, tag) => (own[tag] = (own[tag] ?? 0) + w))
    const [next, back] = [new Float64Array(tags), new Int32Array(tags)]
    for (let tag = 0; tag < tags; tag++) {
      let top = i === 0 ? (move(tags)?.[tag] ?? 0) : -Infinity
      for (let before = 0; i > 0 && before < tags; before++) {
        const score = (best[before] ?? 0) + (move(before)?.[tag] ?? 0)
        if (score > top) [top, back[tag]] = [score, before]
      }
      next[tag] = top + (own[tag] ?? 0)
    }
    best = next
    from.push(back)
  })
  let tag = best.reduce((top, v, t) => (v > (best[top] ?? -Infinity) ? t : top), 0)
  const row: number[] = []
  for (let i = features.length - 1; i >= 0; i--) {
    row.push(tag)
    tag = from[i]?.[tag] ?? 0
  }
  return row.reverse()
}
