// Beam search over many sources at once; with a width of 1 it is greedy.

/** A sequence under construction, of one of the sources. */
export interface Prefix {
  readonly source: number
  /** Begins with the start token. */
  readonly ids: readonly number[]
}

/** Log-probabilities of the next token [vocabulary] after each prefix. */
export type NextTokens = (prefixes: readonly Prefix[]) => Promise<readonly Float32Array[]>

export interface BeamOptions {
  readonly start: number
  readonly end: number
  /** Sequences kept at each step. */
  readonly width: number
  /** 0 takes the sum of log-probabilities, which favours short answers; 1 nearly their mean. */
  readonly lengthPenalty: number
  /** Most tokens made, the end token included. */
  readonly most: number
  /** Called after each step with the tokens made so far; a throw ends the search. */
  readonly onStep?: (step: number, most: number) => void
}

export interface Hypothesis {
  /** Without start and end token. */
  readonly ids: readonly number[]
  /** Sum of the log-probabilities of all its tokens, the end token included. */
  readonly logProbability: number
  /** Whether it ended by itself. */
  readonly ended: boolean
}

interface Live {
  readonly ids: readonly number[]
  readonly logProbability: number
}
interface Search {
  live: readonly Live[]
  ended: Hypothesis[]
}

/** Wu et al., "Google's neural machine translation system", 2016, equation 14: ((5 + length) / 6)^α. */
export function lengthNorm(length: number, penalty: number): number {
  return ((5 + length) / 6) ** penalty
}

/** The best `width` sequences of each source, best first by length-normalised log-probability. */
export async function beamSearch(sources: number, next: NextTokens, options: BeamOptions): Promise<(readonly Hypothesis[])[]> {
  const { start, width, lengthPenalty, most } = options
  const searches: Search[] = Array.from({ length: sources }, () => ({ live: [{ ids: [start], logProbability: 0 }], ended: [] }))
  for (let step = 1; step <= most; step++) {
    const prefixes = searches.flatMap(({ live }, source) => live.map(({ ids }) => ({ source, ids })))
    if (prefixes.length === 0) break
    const rows = await next(prefixes)
    let at = 0
    for (const search of searches) {
      const own = rows.slice(at, at + search.live.length)
      at += search.live.length
      extend(search, own, step, options)
    }
    options.onStep?.(step, most)
  }
  const score = (h: Hypothesis): number => h.logProbability / lengthNorm(h.ids.length + (h.ended ? 1 : 0), lengthPenalty)
  return searches.map(({ live, ended }) => {
    // What never ended is an answer only where nothing did.
    const found = ended.length > 0 ? ended : live.map(({ ids, logProbability }) => ({ ids: ids.slice(1), logProbability, ended: false }))
    return found.sort((a, b) => score(b) - score(a)).slice(0, width)
  })
}

function extend(search: Search, rows: readonly Float32Array[], step: number, { end, width, lengthPenalty, most }: BeamOptions): void {
  if (search.live.length === 0) return
  const candidates = search.live.flatMap((live, i) => best(rows[i] ?? new Float32Array(), width + 1).map((token) => ({ live, token, logProbability: live.logProbability + (rows[i]?.[token] ?? -Infinity) })))
  candidates.sort((a, b) => b.logProbability - a.logProbability)
  const live: Live[] = []
  for (const { live: before, token, logProbability } of candidates.slice(0, 2 * width)) {
    if (token === end) search.ended.push({ ids: before.ids.slice(1), logProbability, ended: true })
    else if (live.length < width) live.push({ ids: [...before.ids, token], logProbability })
    if (live.length === width) break
  }
  const greedy = width === 1 && search.ended.length > 0
  const over = step === most || greedy || cannotImprove(search.ended, live, { width, lengthPenalty, most })
  search.live = over && search.ended.length > 0 ? [] : live
}

/** Log-probabilities only fall and the norm only grows: what lives cannot overtake the `width` best that ended. */
function cannotImprove(ended: readonly Hypothesis[], live: readonly Live[], { width, lengthPenalty, most }: Pick<BeamOptions, 'width' | 'lengthPenalty' | 'most'>): boolean {
  const worst = ended.map((h) => h.logProbability / lengthNorm(h.ids.length + 1, lengthPenalty)).sort((a, b) => b - a)[width - 1]
  const bound = Math.max(-Infinity, ...live.map((l) => l.logProbability)) / lengthNorm(most, lengthPenalty)
  return worst !== undefined && worst >= bound
}

/** Indices of the `n` largest, largest first; of equals the first. */
function best(values: Float32Array, n: number): number[] {
  const found: number[] = []
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? -Infinity
    if (found.length === n && value <= (values[found[n - 1] ?? 0] ?? -Infinity)) continue
    let place = found.length
    while (place > 0 && value > (values[found[place - 1] ?? 0] ?? -Infinity)) place--
    found.splice(place, 0, i)
    if (found.length > n) found.pop()
  }
  return found
}
