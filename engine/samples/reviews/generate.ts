// Reviews from a grammar in which word order, negation and contrast decide: the same words make praise or blame.
import type { Split } from '../../contract/recipe.ts'
import { Random } from '../../data/random.ts'
import { pick, pickWeighted, sentence, splitOf, withArticle } from '../phrases.ts'

export interface Review {
  readonly text: string
  readonly class: 'negative' | 'positive'
  readonly split: Split
}

type Words = readonly [string, ...string[]]
type Polarity = 'negative' | 'positive'

const OPINIONS: Record<Polarity, Words> = {
  positive: ['great', 'good', 'excellent', 'wonderful', 'lovely', 'superb', 'brilliant', 'charming', 'delightful', 'impressive', 'fresh', 'careful', 'honest', 'memorable', 'enjoyable', 'convincing'],
  negative: ['bad', 'poor', 'awful', 'terrible', 'dreadful', 'weak', 'dull', 'clumsy', 'tedious', 'disappointing', 'stale', 'sloppy', 'dishonest', 'forgettable', 'painful', 'hollow'],
}

/** What is judged: the thing and its parts. */
const THINGS = [
  { thing: 'film', parts: ['acting', 'plot', 'music', 'ending', 'dialogue', 'camera work'] },
  { thing: 'hotel', parts: ['room', 'breakfast', 'service', 'view', 'pool', 'staff'] },
  { thing: 'restaurant', parts: ['food', 'wine', 'service', 'soup', 'dessert', 'menu'] },
  { thing: 'novel', parts: ['story', 'style', 'ending', 'first chapter', 'dialogue', 'translation'] },
  { thing: 'concert', parts: ['sound', 'singer', 'band', 'programme', 'hall', 'encore'] },
] as const satisfies readonly { thing: string; parts: Words }[]

/** Say nothing of the verdict, though they have its small words. */
const ASIDES: Words = [
  'we went on a Tuesday',
  'my sister came along',
  'it was not our first time there',
  'we had never been there before',
  'the tickets cost ten euros',
  'I did not read anything about it beforehand',
  'it rained, but we had time',
  'although it was late, we stayed until the end',
  'a friend had told me about it',
  'we did not have to wait',
  'it took about two hours',
  'I wrote this on the way home',
]

const DEGREES: Words = ['', '', '', 'really ', 'quite ', 'very ', 'rather ', 'truly ']

const other = (polarity: Polarity): Polarity => (polarity === 'positive' ? 'negative' : 'positive')

/** Draws what a review speaks of, and keeps what it drew: that is its combination. */
class Writer {
  readonly random: Random
  readonly #about: (typeof THINGS)[number]
  readonly #used: string[] = []

  constructor(random: Random) {
    this.random = random
    this.#about = THINGS[random.int(THINGS.length)] ?? THINGS[0]
  }
  get thing(): string {
    return this.#about.thing
  }
  /** Pattern, opinions and parts: what makes one review another's likeness. */
  get combination(): string {
    return this.#used.join(' ')
  }
  use(word: string): string {
    this.#used.push(word)
    return word
  }
  opinion(polarity: Polarity): string {
    return this.use(pick(this.random, OPINIONS[polarity]))
  }
  part(): string {
    return this.use(pick(this.random, this.#about.parts))
  }
  degree(): string {
    return pick(this.random, DEGREES)
  }

  /** A clause that judges one part, plainly or by denying the opposite. */
  clause(polarity: Polarity): string {
    return this.random.uniform() < 0.6 ? this.plain(polarity) : this.denied(polarity)
  }
  plain(polarity: Polarity): string {
    return `the ${this.part()} was ${this.degree()}${this.opinion(polarity)}`
  }
  denied(polarity: Polarity): string {
    const bad = other(polarity)
    return pick<() => string>(this.random, [
      () => `the ${this.part()} was not ${this.opinion(bad)}`,
      () => `the ${this.part()} was never ${this.opinion(bad)}`,
      () => `the ${this.part()} was anything but ${this.opinion(bad)}`,
      () => `the ${this.part()} was far from ${this.opinion(bad)}`,
      () => `nobody could call the ${this.part()} ${this.opinion(bad)}`,
      () => `it is not true that the ${this.part()} was ${this.opinion(bad)}`,
      () => `nobody said that the ${this.part()} was not ${this.opinion(polarity)}`,
    ])()
  }
}

/** Patterns with their weights. Each takes the verdict and writes its sentence. */
const PATTERNS: readonly (readonly [weight: number, name: string, write: (w: Writer, verdict: Polarity) => string])[] = [
  [0.4, 'plain', (w, v) => w.plain(v)],
  [0.12, 'denied', (w, v) => w.denied(v)],
  // The clause that the contrast leads to decides.
  [0.09, 'but', (w, v) => `${w.clause(other(v))}, but ${w.clause(v)}`],
  [0.06, 'however', (w, v) => `${w.clause(other(v))}. However, ${w.clause(v)}`],
  [0.08, 'although', (w, v) => `although ${w.clause(other(v))}, ${w.clause(v)}`],
  [0.08, 'although after', (w, v) => `${w.clause(v)}, although ${w.clause(other(v))}`],
  [0.07, 'despite', (w, v) => `despite the ${w.opinion(other(v))} ${w.part()}, ${w.clause(v)}`],
  // What was expected does not count, what was found does.
  [0.07, 'expected', (w, v) => `I expected ${withArticle(w.opinion(other(v)))} ${w.thing} and found ${withArticle(w.opinion(v))} one`],
  [0.06, 'found', (w, v) => `I found ${withArticle(w.opinion(v))} ${w.thing} where I expected ${withArticle(w.opinion(other(v)))} one`],
  [0.04, 'more', (w, v) => `the ${w.part()} was more ${w.opinion(v)} than ${w.opinion(other(v))}`],
  [0.03, 'less', (w, v) => `the ${w.part()} was less ${w.opinion(other(v))} than ${w.opinion(v)}`],
]

function review(random: Random): Review {
  const w = new Writer(random)
  const verdict: Polarity = random.int(2) === 0 ? 'negative' : 'positive'
  const [name, write] = pickWeighted(random, PATTERNS.map(([weight, n, f]) => [weight, [n, f] as const] as const))
  w.use(name)
  const judged = write(w, verdict)
  const aside = (chance: number): string[] => (random.uniform() < chance ? [sentence(pick(random, ASIDES))] : [])
  const text = [...aside(0.5), sentence(judged), ...aside(0.4)].join(' ')
  return { text, class: verdict, split: splitOf(w.combination) }
}

/** `count` different reviews, always the same for a seed. */
export function reviews(count: number, seed = 0): Review[] {
  const found = new Map<string, Review>()
  for (let i = 0; found.size < count; i++) {
    const made = review(new Random(seed, 'sample', i))
    found.set(made.text, found.get(made.text) ?? made)
  }
  return [...found.values()]
}
