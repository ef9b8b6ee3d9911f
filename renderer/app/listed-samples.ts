// The samples that a place lists: those that its address asks for, with their labels to edit and a selection that outlives new lists.
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRoute } from 'vue-router'
import { isNumber, remember } from '../ui/remember.ts'
import { kept, nothing, type Selection } from '../ui/selection.ts'
import { useLabelling, type Labelling } from './labelling.ts'
import type { PlaceName } from './places.ts'
import { useProject } from './project.ts'
import { filterOf, isFiltered, orderOf } from './sample-filter.ts'
import { useSampleList, type SampleList, type SampleQuery } from './sample-list.ts'

/** What a place asks of its grid. */
export interface GridHandle {
  step(direction: 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end', extend?: boolean): void
  selectAll(): void
  show(index: number): void
}
export interface ListedSamples {
  /** Path of the project. */
  readonly project: string
  readonly query: Ref<SampleQuery>
  /** Whether the address leaves samples out. */
  readonly filtered: ComputedRef<boolean>
  readonly list: SampleList
  readonly labelling: Labelling
  readonly selection: Ref<Selection>
  readonly clear: () => void
  /** Null while no grid is shown. */
  readonly grid: Ref<GridHandle | null>
  /** Side of a picture, remembered. */
  readonly size: Ref<number>
}

/** Edits come in bursts: the list is read again when they pause this long (ms). */
const REFRESH_QUIET = 150

/** @param reorder whether which samples match is read again after each edit, or only with a new filter, so that what was edited stays in sight. */
export function useListedSamples(place: PlaceName, { reorder }: { readonly reorder: boolean }): ListedSamples {
  const route = useRoute()
  const state = useProject()
  const project = state.path ?? ''
  const asked = (): SampleQuery => ({ project, filter: filterOf(route.query), ...orderOf(route.query) })
  // While the router is already on its way to another place, the list stays what it was.
  const query = ref(asked())
  watch(() => route.query, () => { if (route.name === place) query.value = asked() })
  const list = useSampleList(query)
  const selection = ref<Selection>(nothing)
  watch(list.ids, (after, before) => { selection.value = kept(selection.value, before, after) })
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(() => state.revision, () => {
    clearTimeout(timer)
    timer = setTimeout(() => { void list.refresh(reorder) }, REFRESH_QUIET)
  })
  return {
    project,
    query,
    filtered: computed(() => isFiltered(query.value.filter)),
    list,
    labelling: useLabelling(list),
    selection,
    clear: () => { selection.value = { ...nothing, cursor: selection.value.cursor } },
    grid: ref(null),
    size: remember('grid.size', 64, isNumber),
  }
}
