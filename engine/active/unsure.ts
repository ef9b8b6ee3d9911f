// unsureOf(): the score of one sample by one strategy, folded from its parts.
import type { PartStrategy, Parts } from './strategy.ts'

/** 0 where there are no parts: nothing was found that one could be unsure of. */
export function unsureOf({ data, width, fold }: Parts, { unsure }: PartStrategy): number {
  const parts = data.length / width
  let [sum, most] = [0, 0]
  for (let at = 0; at < parts; at++) {
    const p = width === 1 ? against(data[at] ?? 0) : data.slice(at * width, (at + 1) * width).sort().reverse()
    const score = unsure(p)
    sum += score
    most = Math.max(most, score)
  }
  return fold === 'most' ? most : sum / Math.max(1, parts)
}

const against = (p: number): Float32Array => Float32Array.of(Math.max(p, 1 - p), Math.min(p, 1 - p))
