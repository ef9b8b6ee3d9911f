// The samples that match a filter: all ids in order, rows fetched by window as they come into view.
import { computed, onScopeDispose, ref, shallowRef, triggerRef, watch, type Ref, type ShallowRef } from 'vue'
import type { SampleFilter, SampleOrder, SampleRow } from '../../db/contract/records.ts'
import { sampleId } from '../../engine/contract/ids.ts'
import { useRpc } from '../bridge/client.ts'
import { asAppError, type AppError } from '../bridge/errors.ts'

export interface SampleQuery {
  readonly project: string
  readonly filter: SampleFilter
  readonly order: SampleOrder
  readonly descending: boolean
}
export interface SampleList {
  readonly ids: Readonly<ShallowRef<readonly number[]>>
  readonly total: Readonly<Ref<number>>
  /** The query that `ids` answer, as a key; it changes together with them. */
  readonly key: Readonly<Ref<string>>
  readonly loading: Readonly<Ref<boolean>>
  readonly error: ShallowRef<AppError | null>
  /** Undefined while the row is on its way. */
  rowAt(index: number): SampleRow | undefined
  row(id: number): SampleRow | undefined
  indexOf(id: number): number
  /** Asks for the rows of `first`..`last` that are missing. */
  ensure(first: number, last: number): void
  /** Changes rows at once; returns what takes the change back. */
  patch(ids: readonly number[], change: (row: SampleRow) => SampleRow): () => void
  /** Reads again: rows in view, and with `order` also which samples match. */
  refresh(order: boolean): Promise<void>
}

const PAGE = 200
/** Rows kept; beyond it those far from view are let go. */
const KEEP = 8_000

export function useSampleList(query: Ref<SampleQuery>): SampleList {
  const rpc = useRpc()
  const ids = shallowRef<readonly number[]>([])
  const rows = shallowRef(new Map<number, SampleRow>())
  const positions = computed(() => new Map(ids.value.map((id, index) => [id, index])))
  const loading = ref(true)
  const key = ref('')
  const error = shallowRef<AppError | null>(null)
  const asked = new Set<number>()
  let view = { first: 0, last: 0 }
  let generation = 0
  let disposed = false
  onScopeDispose(() => { disposed = true })

  const fail = (failure: unknown): void => { if (!disposed) error.value = asAppError(failure) }
  const put = (list: readonly SampleRow[]): void => {
    for (const row of list) rows.value.set(row.id, row)
    if (rows.value.size > KEEP) letGo()
    triggerRef(rows)
  }
  const letGo = (): void => {
    for (const id of [...rows.value.keys()]) {
      const at = positions.value.get(id) ?? -1
      if (at < view.first - KEEP / 4 || at > view.last + KEEP / 4) rows.value.delete(id)
    }
  }
  const fetchPage = async (page: number): Promise<void> => {
    const of = generation
    asked.add(page)
    try {
      const { project, filter, order, descending } = query.value
      const start = page * PAGE
      const answer = await rpc.samples.list({ project, filter, order, descending, offset: start, limit: PAGE })
      if (of !== generation) return
      put(answer.rows)
      // The order may have moved since the ids were read: those still missing are read one by one.
      const { first, last } = view
      const missing = ids.value.slice(Math.max(start, first), Math.min(start + PAGE, last + 1)).filter((id) => !rows.value.has(id))
      const run = filter.run === undefined ? {} : { run: filter.run }
      const singles = await Promise.allSettled(missing.map((id) => rpc.samples.get({ project, id: sampleId.parse(id), ...run })))
      if (of === generation) put(singles.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : [])))
    } catch (failure) {
      if (of === generation) fail(failure)
    } finally {
      if (of === generation) asked.delete(page)
    }
  }
  const load = async (): Promise<void> => {
    const of = ++generation
    asked.clear()
    try {
      const { project, filter, order, descending } = query.value
      const loaded = JSON.stringify(query.value)
      const list = await rpc.samples.ids({ project, filter, order, descending })
      if (of !== generation) return
      ids.value = list
      key.value = loaded
      error.value = null
    } catch (failure) {
      if (of === generation) fail(failure)
    } finally {
      if (of === generation) loading.value = false
    }
  }
  const pagesInView = (): number[] => {
    const first = Math.floor(view.first / PAGE)
    const last = Math.floor(Math.max(0, Math.min(view.last, ids.value.length - 1)) / PAGE)
    return ids.value.length === 0 ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index)
  }
  const fillView = (): void => {
    for (const page of pagesInView()) {
      const from = Math.max(page * PAGE, view.first)
      const to = Math.min((page + 1) * PAGE, view.last + 1)
      if (!asked.has(page) && ids.value.slice(from, to).some((id) => !rows.value.has(id))) void fetchPage(page)
    }
  }

  watch(() => JSON.stringify(query.value), () => {
    loading.value = true
    rows.value = new Map()
    void load().then(fillView)
  }, { immediate: true })

  return {
    ids,
    total: computed(() => ids.value.length),
    key,
    loading,
    error,
    rowAt: (index) => { const id = ids.value[index]; return id === undefined ? undefined : rows.value.get(id) },
    row: (id) => rows.value.get(id),
    indexOf: (id) => positions.value.get(id) ?? -1,
    ensure(first, last) {
      view = { first, last }
      fillView()
    },
    patch(changed, change) {
      const before = changed.flatMap((id) => rows.value.get(id) ?? [])
      put(before.map(change))
      return () => { put(before) }
    },
    async refresh(order) {
      if (order) await load()
      await Promise.all(pagesInView().map(fetchPage))
      fillView()
    },
  }
}
