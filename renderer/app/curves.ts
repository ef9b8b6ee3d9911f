// Metric points gathered into one curve a metric, in order of steps.
import type { MetricPoint } from '../../engine/contract/events.ts'

export type Curves = ReadonlyMap<string, readonly MetricPoint[]>

/** A point of a step that is there already replaces it: a resumed run repeats the steps after its checkpoint. */
export function mergeCurves(curves: Curves, points: readonly MetricPoint[]): Curves {
  const result = new Map(curves)
  const byName = new Map<string, MetricPoint[]>()
  for (const point of points) {
    const list = byName.get(point.name)
    if (list) list.push(point)
    else byName.set(point.name, [point])
  }
  for (const [name, added] of byName) {
    const before = curves.get(name) ?? []
    const rising = added.every((point, i) => point.step > (i > 0 ? (added[i - 1]?.step ?? 0) : (before.at(-1)?.step ?? -Infinity)))
    result.set(name, rising ? [...before, ...added] : merged(before, added))
  }
  return result
}

function merged(before: readonly MetricPoint[], added: readonly MetricPoint[]): readonly MetricPoint[] {
  const bySteps = new Map([...before, ...added].map((point) => [point.step, point]))
  return [...bySteps.values()].sort((a, b) => a.step - b.step)
}
