// Splits: train, val and test shares by seed, with exact counts, and the audit for exact duplicates across them.
import { LatheError } from '../contract/errors.ts'
import type { Split } from '../contract/recipe.ts'
import { Random } from './random.ts'

const SPLITS = ['train', 'val', 'test'] as const satisfies readonly Split[]
export type Ratio = readonly [train: number, val: number, test: number]

/** Scales three shares so that they sum to 1; `70/15/15` and `0.7/0.15/0.15` mean the same. */
export function normaliseRatio(ratio: Ratio): Ratio {
  const sum = ratio[0] + ratio[1] + ratio[2]
  if (ratio.some((r) => !Number.isFinite(r) || r < 0) || sum <= 0) throw new LatheError('usage', `split ${ratio.join('/')}: expected three shares ≥ 0 that are not all 0, such as 70/15/15`)
  return [ratio[0] / sum, ratio[1] / sum, ratio[2] / sum]
}

/** Sizes of the three splits of `n` samples: floors, then the largest remainders (ties: train, val, test). One sample goes to train. */
function sizes(n: number, ratio: Ratio): readonly [number, number, number] {
  if (n === 1) return ratio[0] > 0 ? [1, 0, 0] : ratio[1] > 0 ? [0, 1, 0] : [0, 0, 1]
  // Shares such as 0.7·30 miss 21 by a rounding error; nine digits are more than any share has.
  const exact = ratio.map((r) => Math.round(r * n * 1e9) / 1e9)
  const counts = exact.map(Math.floor) as [number, number, number]
  const order = [0, 1, 2].sort((a, b) => ((exact[b] ?? 0) % 1) - ((exact[a] ?? 0) % 1) || a - b)
  let left = n - counts[0] - counts[1] - counts[2]
  for (const i of order) {
    if (left-- <= 0) break
    counts[i] = (counts[i] ?? 0) + 1
  }
  return counts
}

function assign(indices: number[], ratio: Ratio, random: Random, out: Split[]): void {
  const [train, val] = sizes(indices.length, ratio)
  random.shuffle(indices)
  indices.forEach((index, i) => {
    out[index] = i < train ? SPLITS[0] : i < train + val ? SPLITS[1] : SPLITS[2]
  })
}

/** Split of each of `count` samples, drawn without regard to class. */
export function splitRandom(count: number, ratio: Ratio, seed: number): Split[] {
  const out = new Array<Split>(count)
  assign(
    Array.from({ length: count }, (_, i) => i),
    normaliseRatio(ratio),
    new Random(seed, 'split'),
    out,
  )
  return out
}

/**
 * Split of each sample such that every class is divided by `ratio` (largest remainder).
 * @param labels a class per sample: index, name or null (not labelled: a class of its own). Only equality counts, and the order of first appearance.
 */
export function splitStratified(labels: readonly (number | string | null)[], ratio: Ratio, seed: number): Split[] {
  const shares = normaliseRatio(ratio)
  const groups = new Map<number | string | null, number[]>()
  labels.forEach((label, i) => {
    const group = groups.get(label)
    if (group) group.push(i)
    else groups.set(label, [i])
  })
  const out = new Array<Split>(labels.length)
  let index = 0
  for (const group of groups.values()) assign(group, shares, new Random(seed, 'split', ++index), out)
  return out
}

/** Split such that samples of one group (a speaker, a patient) stay together: groups in random order fill train, then val, then test by their sizes. */
export function splitByGroup(groups: readonly (string | number | null)[], ratio: Ratio, seed: number): Split[] {
  const [train, val] = normaliseRatio(ratio)
  const members = new Map<string, number[]>()
  // A sample without a group is a group of its own.
  groups.forEach((group, i) => {
    const key = group === null ? `alone ${i}` : `of ${group}`
    const known = members.get(key)
    if (known) known.push(i)
    else members.set(key, [i])
  })
  const order = [...members.values()]
  new Random(seed, 'split').shuffle(order)
  const out = new Array<Split>(groups.length)
  let placed = 0
  for (const indices of order) {
    const middle = (placed + indices.length / 2) / Math.max(1, groups.length)
    const split = middle < train ? SPLITS[0] : middle < train + val ? SPLITS[1] : SPLITS[2]
    for (const i of indices) out[i] = split
    placed += indices.length
  }
  return out
}

/** Split in order of time: the first share is train, the next val, the last test. */
export function splitByTime(times: readonly (string | number)[], ratio: Ratio): Split[] {
  const [train, val] = sizes(times.length, normaliseRatio(ratio))
  const order = Array.from(times, (_, i) => i).sort((a, b) => compare(times[a] ?? 0, times[b] ?? 0) || a - b)
  const out = new Array<Split>(times.length)
  order.forEach((index, rank) => {
    out[index] = rank < train ? SPLITS[0] : rank < train + val ? SPLITS[1] : SPLITS[2]
  })
  return out
}

/** Numbers by size, dates and other texts by their letters (ISO dates sort so). */
function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  const [left, right] = [String(a), String(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** Leak audit: how many samples have the exact content of a sample in another split. */
export function exactLeaks(samples: Iterable<{ readonly sha256: string; readonly split: Split | null }>): number {
  const seen = new Map<string, { splits: Set<Split>; count: number }>()
  for (const { sha256, split } of samples) {
    if (split === null) continue
    const entry = seen.get(sha256) ?? { splits: new Set<Split>(), count: 0 }
    entry.splits.add(split)
    entry.count++
    seen.set(sha256, entry)
  }
  let leaks = 0
  for (const { splits, count } of seen.values()) if (splits.size > 1) leaks += count
  return leaks
}
