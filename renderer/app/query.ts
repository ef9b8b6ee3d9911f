// Filters in the address: read as text, written without losing the project or the other filters.
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQuery } from 'vue-router'

export const queryText = (query: LocationQuery, key: string): string | null => {
  const value = query[key]
  return typeof value === 'string' && value !== '' ? value : null
}

/** Changes some keys of the address; null removes one. `push` makes a step for the back button. */
export function useQueryPatch(): (patch: Readonly<Record<string, string | null>>, mode?: 'push' | 'replace') => Promise<void> {
  const route = useRoute()
  const router = useRouter()
  return async (patch, mode = 'push') => {
    const query: Record<string, string> = {}
    for (const [key, value] of Object.entries({ ...route.query, ...patch })) if (typeof value === 'string' && value !== '') query[key] = value
    await router[mode]({ path: route.path, query })
  }
}

/** One key of the address as a ref; null when absent. */
export function useQueryRef(key: string, mode: 'push' | 'replace' = 'push'): WritableComputedRef<string | null> {
  const route = useRoute()
  const patch = useQueryPatch()
  return computed({
    get: () => queryText(route.query, key),
    set: (value) => { void patch({ [key]: value }, mode) },
  })
}
