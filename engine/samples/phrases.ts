// What generated texts share: choosing words, writing sentences, and splits that keep combinations apart.
import { createHash } from 'node:crypto'
import type { Split } from '../contract/recipe.ts'
import type { Random } from '../data/random.ts'

export function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[random.int(items.length)] ?? items[0]
}

/** One of several makers by weight. */
export function pickWeighted<T>(random: Random, items: readonly (readonly [weight: number, item: T])[]): T {
  let at = random.uniform() * items.reduce((sum, [w]) => sum + w, 0)
  for (const [weight, item] of items) if ((at -= weight) < 0) return item
  const [, last] = items.at(-1) ?? []
  return last as T
}

/** First letter large, full stop at the end where no other sign stands. */
export function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

/** `a` or `an`. */
export const withArticle = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

/** Split of a combination: 70 % train, 15 % val, 15 % test by its hash, so that none of them is met in two splits. */
export function splitOf(combination: string): Split {
  const share = createHash('sha256').update(combination).digest().readUInt32BE(0) / 2 ** 32
  return share < 0.7 ? 'train' : share < 0.85 ? 'val' : 'test'
}
