// Trust in a map, in words: completeness, and whether the map depends on what the model has learned.
import type { Explanation } from '../contract/commands.ts'

type Verdict = Explanation['trust']['verdict']
interface Finding {
  /** Null where the check cannot be made. */
  readonly verdict: Verdict | null
  readonly reason: string
}

/** Ranks from 0, ties sharing their mean. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0))
  const out = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to++
    for (let i = from; i <= to; i++) out[order[i] ?? 0] = (from + to) / 2
    from = to + 1
  }
  return out
}

/** Spearman's rank correlation; 0 where one of the two is constant. */
export function rankCorrelation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const x = ranks(a)
  const y = ranks(b)
  const mean = (x.length - 1) / 2
  let xy = 0
  let xx = 0
  let yy = 0
  for (let i = 0; i < x.length; i++) {
    const dx = (x[i] ?? 0) - mean
    const dy = (y[i] ?? 0) - mean
    xy += dx * dy
    xx += dx * dx
    yy += dy * dy
  }
  return xx === 0 || yy === 0 ? 0 : xy / Math.sqrt(xx * yy)
}

/** Likeness over which two maps are much the same, and over which they are partly. */
const ALIKE = 0.8
const PARTLY = 0.5

const percent = (v: number): string => `${(v * 100).toPrecision(2)} %`

/** The convergence gap in words: within 1 % passes, within 5 % warns. */
export function completeness(gap: number): Finding {
  if (gap <= 0.01) return { verdict: 'pass', reason: `The attributions add up to the change of the score within ${percent(Math.max(gap, 1e-6))}.` }
  return { verdict: gap <= 0.05 ? 'warn' : 'fail', reason: `The attributions miss the change of the score by ${percent(gap)}: more steps would make the map more exact.` }
}

/** Maps of one model with more and more of its layers randomised, from the last one down. */
export interface RandomisedMaps {
  /** How many layers are random, and how many there are that the score depends on. */
  readonly layers: number
  readonly of: number
  readonly maps: readonly Float32Array[]
}
/** Fewer parts than this have too few orders for a rank correlation to say anything. */
const FEWEST_PARTS = 4

/**
 * How alike `map` is to its likes beyond chance, 0 to 1: the root mean square of the rank correlations, of which what unrelated
 * maps of `parts` entries have, 1 / (parts − 1), is taken off. Null without two maps that can be ranked.
 */
export function likeness(map: Float32Array, others: readonly Float32Array[]): number | null {
  const correlations = others.filter((other) => other.some((v) => v !== other[0])).map((other) => rankCorrelation(map, other))
  const chance = 1 / (map.length - 1)
  if (correlations.length === 0 || chance >= 1) return null
  const square = correlations.reduce((sum, r) => sum + r * r, 0) / correlations.length
  return Math.sqrt(Math.max(0, (square - chance) / (1 - chance)))
}

/** Cells that some map has something to say of: outside of them (padding, a blank edge) all maps agree on nothing. */
function spoken(map: Float32Array, stages: readonly RandomisedMaps[]): (of: Float32Array) => Float32Array {
  const cells = Array.from(map.keys()).filter((i) => map[i] !== 0 || stages.some(({ maps }) => maps.some((other) => other[i] !== 0)))
  return (of) => Float32Array.from(cells, (i) => of[i] ?? 0)
}

/**
 * Parameter randomisation check, cascading: Adebayo et al., "Sanity checks for saliency maps", NeurIPS 2018, section 3.1.
 * A map that a network of random weights gives as well fails, and so does one that stays the same while the upper half is random;
 * one that only the last layer leaves as it is shows what the layers below look at, for whatever answer, and is to be read with care.
 * @param stages from the last layer alone to all layers.
 */
export function randomisation(map: Float32Array, stages: readonly RandomisedMaps[]): Finding {
  const pick = spoken(map, stages)
  const own = pick(map)
  if (own.length < FEWEST_PARTS) return { verdict: null, reason: `The map has ${own.length} parts, too few to tell by their order whether it depends on what the model has learned.` }
  const found = stages.map(({ layers, of, maps }) => ({ layers, of, alike: likeness(own, maps.map(pick)) }))
  const all = found.at(-1)
  if (!all || all.alike === null) return { verdict: null, reason: 'Networks with random weights give no map here, so there is nothing to compare this one with.' }
  const measured = `rank correlation beyond chance: ${found.map(({ layers, of, alike }) => `${alike === null ? 'none' : alike.toFixed(2)} with ${layers === of ? (of === 1 ? 'its layer' : `all ${of} layers`) : layers === 1 ? 'the last layer' : `the last ${layers} layers`}`).join(', ')} random`
  if (all.alike > ALIKE) return { verdict: 'fail', reason: `A network with random weights gives much the same map (${measured}): it shows the input, not what the model has learned.` }
  if (all.alike > PARTLY) return { verdict: 'warn', reason: `A network with random weights gives a map that is partly alike (${measured}): some of it shows the input, not what the model has learned.` }
  const upper = found.slice(0, -1).findLast(({ alike }) => alike !== null && alike > ALIKE)
  if (!upper) return { verdict: 'pass', reason: `Without what the model has learned the map becomes another one (${measured}).` }
  if (upper.layers > 1 && upper.layers * 2 >= upper.of) return { verdict: 'fail', reason: `The map stays alike while half of the layers are random (${measured}): it does not show what decides.` }
  return { verdict: 'warn', reason: `The map comes from what the lower layers have learned and hardly from the last (${measured}): it shows what the model looks at, and little of what speaks for this answer.` }
}

/** A map without any entry says nothing. */
export function emptiness(map: Float32Array): Finding | null {
  return map.every((v) => v === 0) ? { verdict: 'fail', reason: 'The map is empty: by this method nothing in the input speaks for the class.' } : null
}

const ORDER: readonly Verdict[] = ['pass', 'warn', 'fail']

/** The worst finding decides; where no check could be made, care is due. */
export function verdict(findings: readonly Finding[]): Explanation['trust'] {
  const made = findings.flatMap((f) => (f.verdict === null ? [] : [ORDER.indexOf(f.verdict)]))
  return { verdict: ORDER[made.length === 0 ? 1 : Math.max(...made)] ?? 'fail', reasons: findings.map((f) => f.reason) }
}
