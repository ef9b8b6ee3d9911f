// The samples filter as it stands in the address, and back.
import type { LocationQuery } from 'vue-router'
import type { SampleFilter, SampleOrder } from '../../db/contract/records.ts'
import { classId, importId, runId } from '../../engine/contract/ids.ts'
import { split } from '../../engine/contract/recipe.ts'
import { queryText } from './query.ts'

const ORDERS: readonly SampleOrder[] = ['id', 'name', 'class', 'loss', 'confidence', 'queue']

/** What cannot be read is left out, so that an old or mistyped address still shows samples. */
export function filterOf(query: LocationQuery): SampleFilter {
  const number = (key: string): number => Number(queryText(query, key) ?? Number.NaN)
  const yes = (key: string): boolean | undefined => ({ yes: true, no: false })[queryText(query, key) ?? '']
  const run = runId.safeParse(number('run'))
  const given = classId.safeParse(number('class'))
  const predicted = classId.safeParse(number('predicted'))
  const of = importId.safeParse(number('import'))
  const part = split.safeParse(queryText(query, 'split'))
  const labelled = yes('labelled')
  const wrong = yes('wrong')
  const suggested = yes('suggested')
  const search = queryText(query, 'search')
  return {
    ...(queryText(query, 'class') === 'none' ? { class: 'none' as const } : given.success ? { class: given.data } : {}),
    ...(queryText(query, 'split') === 'none' ? { split: 'none' as const } : part.success ? { split: part.data } : {}),
    ...(labelled === undefined ? {} : { labelled }),
    ...(of.success ? { import: of.data } : {}),
    ...(suggested === undefined ? {} : { suggested }),
    ...(search === null ? {} : { search: search.slice(0, 200) }),
    ...(run.success ? { run: run.data, ...(wrong === undefined ? {} : { wrong }), ...(predicted.success ? { predicted: predicted.data } : {}) } : {}),
  }
}

/** Loss and confidence exist only with a run. */
export function orderOf(query: LocationQuery): { readonly order: SampleOrder; readonly descending: boolean } {
  const asked = ORDERS.find((order) => order === queryText(query, 'order')) ?? 'id'
  const needsRun = asked === 'loss' || asked === 'confidence'
  return { order: needsRun && filterOf(query).run === undefined ? 'id' : asked, descending: queryText(query, 'desc') === 'yes' }
}

/** Keys of the address that are filters: all null clears them. */
export const NO_FILTER = { class: null, split: null, labelled: null, import: null, search: null, run: null, wrong: null, predicted: null, suggested: null } as const

export const isFiltered = (filter: SampleFilter): boolean => Object.keys(filter).length > 0
