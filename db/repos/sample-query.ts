// Sample query: SampleFilter and SampleOrder as SQL.
import { LatheError } from '../../engine/contract/errors.ts'
import type { SqlValue } from '../connection.ts'
import type { SampleFilter, SampleOrder } from '../contract/records.ts'
import { searchKey } from '../search-key.ts'

export interface SampleSql {
  /** From FROM to WHERE; `s` is the sample, `p` its prediction where a run is given, `c` its class where the order needs it. */
  readonly from: string
  readonly orderBy: string
  readonly params: Readonly<Record<string, SqlValue>>
}

/** @throws LatheError `usage` when the filter or order needs the predictions of a run and none is named. */
export function sampleSql(filter: SampleFilter, order: SampleOrder = 'id', descending = false): SampleSql {
  const where: string[] = ['s.removed_at IS NULL']
  const params: Record<string, SqlValue> = {}
  const joins: string[] = []
  const needsRun = filter.wrong !== undefined || filter.predicted !== undefined || order === 'loss' || order === 'confidence'
  if (needsRun && filter.run === undefined) throw new LatheError('usage', `Samples can be filtered or sorted by predictions only with a run: name the run whose predictions are meant.`)
  if (filter.run !== undefined) {
    params.run = filter.run
    if (needsRun) joins.push(`${filter.wrong !== undefined || filter.predicted !== undefined ? 'JOIN' : 'LEFT JOIN'} predictions p ON p.run = @run AND p.sample = s.id`)
  }
  if (filter.class !== undefined) where.push(filter.class === 'none' ? 's.class IS NULL' : given(params, 'class', filter.class, '(s.class = @class OR s.label IN (SELECT label FROM label_classes WHERE class = @class))'))
  if (filter.split !== undefined) where.push(filter.split === 'none' ? 's.split IS NULL' : given(params, 'split', filter.split, 's.split = @split'))
  if (filter.labelled !== undefined) where.push(filter.labelled ? '(s.class IS NOT NULL OR s.label IS NOT NULL)' : 's.class IS NULL AND s.label IS NULL')
  if (filter.import !== undefined) where.push(given(params, 'import', filter.import, 's.import = @import'))
  if (filter.search) where.push(given(params, 'search', searchKey(filter.search), 'instr(s.search, @search) > 0'))
  if (filter.wrong !== undefined) where.push(`CASE WHEN p.class IS NULL THEN p.correct ELSE p.class = s.class END = ${filter.wrong ? 0 : 1}`)
  if (filter.predicted !== undefined) where.push(given(params, 'predicted', filter.predicted, 'p.class = @predicted'))
  if (filter.suggested !== undefined) where.push(`${filter.suggested ? '' : 'NOT '}(s.class IS NULL AND s.label IS NULL AND EXISTS (SELECT 1 FROM suggestions g JOIN classes d ON d.id = g.class WHERE g.sample = s.id AND g.rejected = 0 AND d.removed_at IS NULL))`)
  if (order === 'queue') joins.push('LEFT JOIN queued q ON q.sample = s.id AND s.class IS NULL AND s.label IS NULL')
  if (order === 'class') joins.push('LEFT JOIN classes c ON c.id = s.class')
  const way = descending ? 'DESC' : 'ASC'
  return { from: `FROM samples s ${joins.join(' ')} WHERE ${where.join(' AND ')}`, orderBy: `ORDER BY ${ORDERS[order](way)}`, params }
}

/** Samples without the value that orders them come last either way. */
const ORDERS: Readonly<Record<SampleOrder, (way: string) => string>> = {
  id: (way) => `s.id ${way}`,
  name: (way) => `s.search ${way}, s.id ${way}`,
  class: (way) => `s.class IS NULL, c.position ${way}, s.id`,
  loss: (way) => `p.loss IS NULL, p.loss ${way}, s.id`,
  queue: (way) => `q.position IS NULL, q.position ${way}, s.id`,
  confidence: (way) => `p.probability IS NULL, p.probability ${way}, s.id`,
}

function given(params: Record<string, SqlValue>, name: string, value: SqlValue, sql: string): string {
  params[name] = value
  return sql
}
