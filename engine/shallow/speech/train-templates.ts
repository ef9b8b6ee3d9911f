// Templates of words from recordings of whole strings of them, without knowing where each word stands.
import { FRAME, type Frames } from './frames.ts'
import { align, cut, type Segment, type Template } from './templates.ts'

export interface Utterance {
  readonly frames: Frames
  readonly words: readonly number[]
}

/** Frames of the shortest word. */
const SHORTEST = 3
/** Templates that a word's place is looked for with. */
const ALIGNED = 6

/**
 * Segmental k-means: words are cut evenly at first, then where the templates of the last round say.
 * Rabiner, Wilpon and Juang, "A segmental k-means training procedure for connected word recognition", AT&T Technical Journal 65, 1986.
 * @param most templates of each word that are kept, drawn evenly from the recordings.
 */
export function trainTemplates(utterances: readonly Utterance[], most: number, { rounds = 3, signal }: { readonly rounds?: number; readonly signal?: AbortSignal } = {}): Template[] {
  const silence = silenceOf(utterances)
  let segments = utterances.map(evenly)
  for (let round = 0; round < rounds; round++) {
    const known = byWord(utterances, segments, ALIGNED)
    segments = utterances.map((utterance, i) => {
      signal?.throwIfAborted()
      return align(utterance.frames, utterance.words, (word) => known.get(word) ?? [], silence)?.filter((s) => s.to - s.from >= SHORTEST) ?? segments[i] ?? []
    })
  }
  return [silence, ...[...byWord(utterances, segments, most).values()].flat()]
}

/** Of the loud part, each word as long as the others. */
function evenly({ frames, words }: Utterance): Segment[] {
  const first = Math.max(0, frames.loud.indexOf(1))
  const last = Math.max(first + 1, frames.loud.lastIndexOf(1) + 1)
  const at = (i: number): number => first + Math.round(((last - first) * i) / words.length)
  return words.map((word, i) => ({ word, from: at(i), to: at(i + 1) })).filter((s) => s.to - s.from >= SHORTEST)
}

function byWord(utterances: readonly Utterance[], segments: readonly (readonly Segment[])[], most: number): Map<number, Template[]> {
  const all = new Map<number, Template[]>()
  segments.forEach((own, i) => {
    const frames = utterances[i]?.frames
    if (frames) for (const segment of own) all.set(segment.word, [...(all.get(segment.word) ?? []), cut(frames, segment)])
  })
  return new Map(Array.from(all, ([word, templates]) => [word, templates.filter((_, i) => Math.floor((i * most) / templates.length) !== Math.floor(((i - 1) * most) / templates.length))]))
}

/** The mean of all quiet frames. */
function silenceOf(utterances: readonly Utterance[]): Template {
  const data = new Float32Array(FRAME)
  let quiet = 0
  for (const { frames } of utterances) {
    for (let t = 0; t < frames.count; t++) {
      if (frames.loud[t]) continue
      quiet++
      for (let k = 0; k < FRAME; k++) data[k] = (data[k] ?? 0) + (frames.data[t * FRAME + k] ?? 0)
    }
  }
  return { word: -1, count: 1, data: data.map((v) => v / Math.max(1, quiet)) }
}
