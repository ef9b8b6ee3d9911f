// From the outputs of a CTC network to labels: the best path, and the best labels by prefix beam search.

export interface Steps {
  /** Log probabilities, row-major [steps, classes]. */
  readonly logs: Float32Array
  readonly classes: number
  /** Class that stands for no label. */
  readonly blank: number
}

export interface Heard {
  readonly labels: readonly number[]
  /** Log probability: of the path for `greedy`, of all paths that were kept to these labels for `prefixBeam`. */
  readonly log: number
}

/** The most probable class of each step, repeats merged and blanks left out. Graves et al., "Connectionist temporal classification", ICML 2006, section 3.2. */
export function greedy({ logs, classes, blank }: Steps): Heard {
  const labels: number[] = []
  let before = blank
  let log = 0
  for (let at = 0; at + classes <= logs.length; at += classes) {
    let best = 0
    for (let c = 1; c < classes; c++) if ((logs[at + c] ?? -Infinity) > (logs[at + best] ?? -Infinity)) best = c
    log += logs[at + best] ?? 0
    if (best !== blank && best !== before) labels.push(best)
    before = best
  }
  return { labels, log }
}

/** Log probabilities of all paths to one sequence of labels that end in a blank, and that end in its last label. */
interface Beam {
  readonly labels: readonly number[]
  blank: number
  label: number
}

const logAdd = (a: number, b: number): number => {
  const [low, high] = a < b ? [a, b] : [b, a]
  return low === -Infinity ? high : high + Math.log1p(Math.exp(low - high))
}
const total = ({ blank, label }: Beam): number => logAdd(blank, label)

/** Classes this far below the step's best, as log probability, are not followed: their share is below a millionth. */
const PRUNE = 14

/**
 * Hannun et al., "First-pass large vocabulary continuous speech recognition using bi-directional recurrent DNNs", 2014, algorithm 1,
 * without a language model: sums over all paths to the same labels, keeping the `width` most probable sequences after each step.
 */
export function prefixBeam({ logs, classes, blank }: Steps, width: number): Heard {
  let beams: Beam[] = [{ labels: [], blank: 0, label: -Infinity }]
  for (let at = 0; at + classes <= logs.length; at += classes) {
    const next = new Map<string, Beam>()
    const reach = (labels: readonly number[]): Beam => {
      const key = labels.join()
      const known = next.get(key)
      if (known) return known
      const made = { labels, blank: -Infinity, label: -Infinity }
      next.set(key, made)
      return made
    }
    const step = logs.subarray(at, at + classes)
    const least = step.reduce((a, b) => Math.max(a, b), -Infinity) - PRUNE
    for (const beam of beams) {
      const last = beam.labels.at(-1)
      const same = reach(beam.labels)
      same.blank = logAdd(same.blank, total(beam) + (step[blank] ?? -Infinity))
      if (last !== undefined) same.label = logAdd(same.label, beam.label + (step[last] ?? -Infinity))
      for (let c = 0; c < classes; c++) {
        const log = step[c] ?? -Infinity
        if (c === blank || log < least) continue
        const longer = reach([...beam.labels, c])
        // A label twice in a row needs a blank between.
        longer.label = logAdd(longer.label, (c === last ? beam.blank : total(beam)) + log)
      }
    }
    beams = [...next.values()].sort((a, b) => total(b) - total(a)).slice(0, width)
  }
  const [best] = beams
  return best ? { labels: best.labels, log: total(best) } : { labels: [], log: 0 }
}
