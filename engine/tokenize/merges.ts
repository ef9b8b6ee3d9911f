// Pair merges: what BPE and WordPiece learn, the most frequent pair of neighbouring symbols becoming one, again and again.

export interface Merges {
  /** In the order learned. */
  readonly merges: readonly (readonly [string, string])[]
  /** Symbols that merging made, in the order made. */
  readonly made: readonly string[]
}

interface Spelled {
  symbols: string[]
  readonly count: number
}
interface Pair {
  readonly left: string
  readonly right: string
  count: number
  /** Words in which it stood at some time. */
  readonly words: Set<number>
}

/**
 * Learns up to `limit` merges that occur at least `minCount` times. Of equally frequent pairs the one that comes first in code
 * point order wins, so the same words always give the same merges. `prefix` marks symbols that continue a word (`##`).
 * Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword units", 2016, https://arxiv.org/abs/1508.07909.
 */
export function learnMerges(words: Iterable<readonly [symbols: readonly string[], count: number]>, limit: number, minCount: number, prefix = ''): Merges {
  const spelled: Spelled[] = Array.from(words, ([symbols, count]) => ({ symbols: [...symbols], count }))
  const pairs = new Map<string, Pair>()
  spelled.forEach((word, i) => { countPairs(pairs, word, i, 1) })
  const merges: (readonly [string, string])[] = []
  const made = new Set<string>()
  while (made.size < limit) {
    const best = mostFrequent(pairs)
    if (!best || best.count < minCount) break
    const joined = best.left + (best.right.startsWith(prefix) ? best.right.slice(prefix.length) : best.right)
    merges.push([best.left, best.right])
    made.add(joined)
    for (const i of best.words) {
      const word = spelled[i]
      if (!word) continue
      countPairs(pairs, word, i, -1)
      word.symbols = merged(word.symbols, best, joined)
      countPairs(pairs, word, i, 1)
    }
    pairs.delete(keyOf(best.left, best.right))
  }
  return { merges, made: [...made] }
}

const keyOf = (left: string, right: string): string => `${left}\u0000${right}`

function countPairs(pairs: Map<string, Pair>, { symbols, count }: Spelled, index: number, sign: 1 | -1): void {
  for (let i = 0; i + 1 < symbols.length; i++) {
    const [left = '', right = ''] = [symbols[i], symbols[i + 1]]
    const key = keyOf(left, right)
    let pair = pairs.get(key)
    if (!pair) pairs.set(key, (pair = { left, right, count: 0, words: new Set() }))
    pair.count += sign * count
    if (sign > 0) pair.words.add(index)
  }
}

function mostFrequent(pairs: ReadonlyMap<string, Pair>): Pair | null {
  let best: Pair | null = null
  for (const pair of pairs.values()) {
    if (!best || pair.count > best.count || (pair.count === best.count && (pair.left < best.left || (pair.left === best.left && pair.right < best.right)))) best = pair
  }
  return best
}

function merged(symbols: readonly string[], { left, right }: Pair, joined: string): string[] {
  const result: string[] = []
  for (let i = 0; i < symbols.length; i++) {
    if (symbols[i] === left && symbols[i + 1] === right) {
      result.push(joined)
      i++
    } else result.push(symbols[i] ?? '')
  }
  return result
}
