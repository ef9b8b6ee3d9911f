// Metrics of an evaluation as they are shown: title, value with its interval, explanation.
import type { Evaluation, Interval } from '../../../engine/contract/commands.ts'
import type { TermName } from '../../ui/terms.ts'
import { metricName } from '../../../engine/contract/metric-names.ts'
import { number, percentWithin } from '../../ui/format.ts'

const KNOWN: Readonly<Record<string, { readonly label: string; readonly term?: TermName; readonly share: boolean }>> = {
  accuracy: { label: 'Accuracy', term: 'accuracy', share: true },
  f1: { label: 'Macro F1', term: 'macro F1', share: true },
  top3: { label: 'Right among the top 3', share: true },
  top5: { label: 'Right among the top 5', share: true },
  loss: { label: 'Loss', term: 'loss', share: false },
  ece: { label: 'Calibration error', term: 'calibration error', share: true },
}
const ORDER = Object.keys(KNOWN)
/** `test/accuracy` → `accuracy`: the split is said beside. */
const bare = (name: string): string => name.slice(name.lastIndexOf('/') + 1)

/** "0.123 ± 0.012": as many digits as half the interval justifies. */
export function numberWithin(value: number, interval: Interval | undefined): string {
  if (!interval) return number(value)
  const half = (interval.high - interval.low) / 2
  if (!(half > 0) || !Number.isFinite(half)) return number(value)
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))))
  return `${value.toFixed(decimals).replace('-', '−')} ± ${half.toFixed(decimals)}`
}

export interface MetricFact {
  readonly name: string
  readonly label: string
  readonly term?: TermName
  readonly value: string
  /** Both ends of the interval, for the tooltip. */
  readonly range: string | null
}

export function metricFacts(evaluation: Pick<Evaluation, 'metrics' | 'intervals'>): readonly MetricFact[] {
  // The plain mean over classes is what a classifier's F1 is; of spans and boxes it is one number.
  const ofClasses = Object.keys(evaluation.metrics).some((name) => bare(name) === 'ece' || bare(name) === 'top3')
  const rank = (name: string): number => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length)
  return Object.entries(evaluation.metrics).map(([full, value]) => ({ full, name: bare(full), value })).toSorted((a, b) => rank(a.name) - rank(b.name)).map(({ full, name, value }) => {
    const known = (ofClasses || name !== 'f1' ? KNOWN[name] : undefined) ?? metricName(name)
    const found = evaluation.intervals[full]
    // A bootstrap over samples that are all alike has no width; that is no certainty, so it is not shown as one.
    const interval = found && found.high > found.low ? found : undefined
    const end = (v: number): string => (known.share ? `${(v * 100).toFixed(2)} %` : number(v))
    return { name, label: known.label, ...('term' in known && known.term ? { term: known.term } : {}), value: known.share ? percentWithin(value, interval) : numberWithin(value, interval), range: interval ? `95 % interval ${end(interval.low)} to ${end(interval.high)}` : null }
  })
}
