// Which samples Label shows, as the address says it.
import type { LocationQuery } from 'vue-router'
import { NO_FILTER } from '../../app/sample-filter.ts'
import { queryText } from '../../app/query.ts'

export type Shown = 'all' | 'not labelled' | 'labelled' | 'suggested'

/** What each changes of the address; the order goes back to that of the project. */
export const SHOWS: Readonly<Record<Shown, Readonly<Record<string, string | null>>>> = {
  all: { ...NO_FILTER, order: null, desc: null },
  'not labelled': { ...NO_FILTER, labelled: 'no', order: null, desc: null },
  labelled: { ...NO_FILTER, labelled: 'yes', order: null, desc: null },
  suggested: { ...NO_FILTER, suggested: 'yes', order: null, desc: null },
}

/** Null where the address asks for something else: a class, a split, an import. */
export function shownBy(query: LocationQuery): Shown | null {
  return (Object.keys(SHOWS) as Shown[]).find((shown) => Object.keys(NO_FILTER).every((key) => SHOWS[shown][key] === queryText(query, key))) ?? null
}
