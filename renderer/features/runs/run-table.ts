// Rows of the table of runs: filter by pattern, sort by column.
import type { RunRecord } from '../../../db/contract/records.ts'
import { metricName } from '../../../engine/contract/metric-names.ts'
import { runScore } from '../../../engine/contract/run-score.ts'
import { taskKind } from '../../../engine/contract/task-kinds.ts'
import type { Curves } from '../../app/curves.ts'

export type RunColumn = 'id' | 'name' | 'status' | 'model' | 'epoch' | 'best' | 'last' | 'lastLoss' | 'seconds' | 'seed' | 'startedAt'
export interface RunOrder {
  readonly column: RunColumn
  readonly descending: boolean
}

/** The metric by which runs of this one's task are compared. */
export const hitsOf = (run: RunRecord): string => `val/${taskKind(run.config.task).hits ?? 'loss'}`
export const lastScore = (run: RunRecord): number | null => run.metrics[hitsOf(run)] ?? null

export const runValue = (run: RunRecord, column: RunColumn): string | number | null => {
  switch (column) {
    case 'id': return run.id
    case 'name': return run.name
    case 'status': return run.status
    case 'model': return run.config.model
    case 'epoch': return run.epoch
    case 'best': return runScore(run)?.value ?? null
    case 'last': return lastScore(run)
    case 'lastLoss': return run.metrics['val/loss'] ?? null
    case 'seconds': return run.seconds
    case 'seed': return run.config.seed
    case 'startedAt': return run.startedAt
  }
}

/** Case-insensitive regular expression over name and model; plain text when it is none yet ("cnn("). */
export function runPattern(pattern: string): { readonly matches: (run: RunRecord) => boolean; readonly regular: boolean } {
  const text = pattern.trim()
  try {
    const expression = new RegExp(text, 'i')
    return { matches: (run) => expression.test(run.name) || expression.test(run.config.model), regular: true }
  } catch {
    const plain = text.toLowerCase()
    return { matches: (run) => `${run.name}\n${run.config.model}`.toLowerCase().includes(plain), regular: false }
  }
}

/** Runs without a value in the column go last, either way. */
export function sortRuns(runs: readonly RunRecord[], { column, descending }: RunOrder): readonly RunRecord[] {
  const sign = descending ? -1 : 1
  return runs.toSorted((a, b) => {
    const [x, y] = [runValue(a, column), runValue(b, column)]
    if (x === null || y === null) return x === y ? b.id - a.id : x === null ? 1 : -1
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y), 'en', { numeric: true })
    return order === 0 ? b.id - a.id : sign * order
  })
}

/** "1,4" in the address → ids. */
export const parseIds = (text: string | null): readonly number[] => [...new Set((text ?? '').split(',').map(Number).filter((id) => Number.isInteger(id) && id > 0))]

/** Last and best values as the curves have them so far. */
export function withCurves(run: RunRecord, curves: Curves): RunRecord {
  const last = (name: string): Record<string, number> => { const point = curves.get(name)?.at(-1); return point ? { [name]: point.value } : {} }
  const hits = hitsOf(run)
  const values = (curves.get(hits) ?? []).map((p) => p.value).filter(Number.isFinite)
  const better = metricName(hits).lowerIsBetter ? Math.min : Math.max
  const best: Record<string, number> = values.length > 0 ? { [`best/${hits}`]: values.reduce((a, b) => better(a, b)) } : {}
  return { ...run, metrics: { ...run.metrics, ...last(hits), ...last('val/loss'), ...best } }
}
