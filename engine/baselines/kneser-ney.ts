// Interpolated modified Kneser–Ney n-gram: the language model to beat without a network.

/** How often each token followed one context, and what interpolation needs of it. */
interface Context {
  total: number
  /** Token to its count: as seen in the highest order, of distinct words before it in the lower ones. */
  readonly counts: Map<number, number>
  /** Tokens with count 1, 2 and at least 3. */
  once: number
  twice: number
  more: number
}

/** Taken from counts 1, 2 and 3 or more. */
type Discounts = readonly [one: number, two: number, more: number]

interface Order {
  readonly contexts: ReadonlyMap<string, Context>
  readonly discounts: Discounts
}

/** Where counts of counts leave a discount undefined (no n-gram seen twice, or all of them): KenLM's `--discount_fallback`. */
const FALLBACK: Discounts = [0.5, 1, 1.5]
/** Stands before the first token; never predicted. */
const START = -1

/**
 * Chen and Goodman, "An empirical study of smoothing techniques for language modeling", 1999, section 3: discounts of
 * each order by counts of counts, continuation counts below the highest order, and the uniform distribution at the bottom.
 */
export class KneserNey {
  readonly order: number
  readonly vocabulary: number
  readonly #orders: readonly Order[]

  /** `texts`: token numbers from 0 to `vocabulary` − 1; each begins anew. `order` 5 looks at four tokens before. */
  constructor(texts: Iterable<ArrayLike<number>>, vocabulary: number, order = 5) {
    this.order = order
    this.vocabulary = vocabulary
    const grams = countGrams(texts, order)
    const orders: Order[] = []
    let counts = grams
    for (let n = order; n >= 1; n--) {
      orders.unshift({ contexts: contextsOf(counts), discounts: discountsOf(counts.values()) })
      counts = continuations(counts)
    }
    this.#orders = orders
  }

  /** P(token | context); only the last `order` − 1 tokens of the context count. */
  probability(context: ArrayLike<number>, token: number): number {
    let p = 1 / this.vocabulary
    for (const [n, { contexts, discounts }] of this.#orders.entries()) {
      const seen = contexts.get(lastOf(context, n))
      if (!seen) break
      const count = seen.counts.get(token) ?? 0
      const spare = discounts[0] * seen.once + discounts[1] * seen.twice + discounts[2] * seen.more
      p = (count - discountOf(count, discounts) + spare * p) / seen.total
    }
    return p
  }

  /** ln P of each token of a text. */
  logProbabilities(text: ArrayLike<number>): Float64Array {
    const before = [...new Array<number>(this.order - 1).fill(START), ...Array.from(text)]
    return Float64Array.from({ length: text.length }, (_, i) => Math.log(this.probability(before.slice(i, i + this.order - 1), text[i] ?? 0)))
  }
}

const key = (tokens: readonly number[]): string => tokens.join()

function lastOf(context: ArrayLike<number>, n: number): string {
  let out = ''
  for (let i = context.length - n; i < context.length; i++) out += out === '' ? String(context[i] ?? START) : `,${context[i] ?? START}`
  return out
}

const discountOf = (count: number, [one, two, more]: Discounts): number => (count === 0 ? 0 : count === 1 ? one : count === 2 ? two : more)

/** Counts of all n-grams of `order`, with enough starts in front that every token has a whole context. */
function countGrams(texts: Iterable<ArrayLike<number>>, order: number): Map<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) {
    const window = new Array<number>(order).fill(START)
    for (let i = 0; i < text.length; i++) {
      window.shift()
      window.push(text[i] ?? 0)
      const k = key(window)
      counts.set(k, (counts.get(k) ?? 0) + 1)
    }
  }
  return counts
}

/** For each n-gram without its first token: how many different tokens stood there. */
function continuations(counts: ReadonlyMap<string, number>): Map<string, number> {
  const next = new Map<string, number>()
  for (const k of counts.keys()) {
    const shorter = k.slice(k.indexOf(',') + 1)
    next.set(shorter, (next.get(shorter) ?? 0) + 1)
  }
  return next
}

function contextsOf(counts: ReadonlyMap<string, number>): Map<string, Context> {
  const contexts = new Map<string, Context>()
  for (const [k, count] of counts) {
    const cut = k.lastIndexOf(',')
    const before = cut < 0 ? '' : k.slice(0, cut)
    const context = contexts.get(before) ?? { total: 0, counts: new Map<number, number>(), once: 0, twice: 0, more: 0 }
    context.total += count
    context.counts.set(Number(k.slice(cut + 1)), count)
    if (count === 1) context.once++
    else if (count === 2) context.twice++
    else context.more++
    contexts.set(before, context)
  }
  return contexts
}

/** Y = n₁ / (n₁ + 2·n₂), D₁ = 1 − 2Y·n₂/n₁, D₂ = 2 − 3Y·n₃/n₂, D₃₊ = 3 − 4Y·n₄/n₃. */
function discountsOf(counts: Iterable<number>): Discounts {
  const of = [0, 0, 0, 0, 0]
  for (const count of counts) if (count <= 4) of[count] = (of[count] ?? 0) + 1
  const [, n1 = 0, n2 = 0, n3 = 0, n4 = 0] = of
  if (n1 === 0 || n2 === 0 || n3 === 0) return FALLBACK
  const y = n1 / (n1 + 2 * n2)
  const found: Discounts = [1 - (2 * y * n2) / n1, 2 - (3 * y * n3) / n2, 3 - (4 * y * n4) / n3]
  return found.every((d, i) => d >= 0 && d <= i + 1) ? found : FALLBACK
}
