// Sample `numbers`: number words in English with their French, no number in two splits.
import type { NewSample } from '../../data/new-sample.ts'
import { Random } from '../../data/random.ts'
import type { Split } from '../../contract/recipe.ts'
import type { BuiltInSample } from '../sample.ts'
import { textSample } from '../text-sample.ts'
import { englishNumber, frenchNumber } from './words.ts'

const SEED = 0
const COUNT = 6000
const MOST_DIGITS = 6

/** Distinct numbers, as many of each length up to six digits as chance and the supply give. */
function drawn(): number[] {
  const random = new Random(SEED, 'sample')
  const numbers = new Set<number>()
  while (numbers.size < COUNT) numbers.add(random.int(10 ** (1 + random.int(MOST_DIGITS))))
  return [...numbers]
}

const splitOf = (i: number): Split => (i < 0.8 * COUNT ? 'train' : i < 0.9 * COUNT ? 'val' : 'test')

async function* open(): AsyncGenerator<NewSample> {
  for (const [i, number] of drawn().entries()) {
    yield await Promise.resolve(textSample(englishNumber(number), { name: `numbers/${number}.txt`, split: splitOf(i), className: null, label: { kind: 'text', text: frenchNumber(number) }, meta: { number } }))
  }
}

export const numbers: BuiltInSample = {
  title: 'Numbers, English to French',
  task: 'translation',
  samples: COUNT,
  bytes: 0,
  licence: 'Made by Lathe from the rules of both languages (seed 0); free to use.',
  description: '6,000 numbers below a million in English words with their French: soixante-dix, quatre-vingts and all. 4,800 to learn from; no number is in two splits.',
  trainSeconds: 90,
  classes: [],
  open,
}
