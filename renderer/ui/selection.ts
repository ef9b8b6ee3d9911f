// Which samples of a list are selected: click, Ctrl, Shift, lasso, arrows; pure steps over ids in order.

export interface Selection {
  readonly ids: ReadonlySet<number>
  /** Index of the sample that keys act on; −1 when the list is empty. */
  readonly cursor: number
  /** Where a Shift range starts. */
  readonly anchor: number
}
export const nothing: Selection = { ids: new Set(), cursor: -1, anchor: -1 }

const clamp = (index: number, total: number): number => Math.max(0, Math.min(total - 1, index))

export function only(order: readonly number[], index: number): Selection {
  const at = clamp(index, order.length)
  const id = order[at]
  return id === undefined ? nothing : { ids: new Set([id]), cursor: at, anchor: at }
}

export function toggled(selection: Selection, order: readonly number[], index: number): Selection {
  const id = order[index]
  if (id === undefined) return selection
  const ids = new Set(selection.ids)
  if (!ids.delete(id)) ids.add(id)
  return { ids, cursor: index, anchor: index }
}

/** From the anchor to `index`; `add` keeps what was selected before. */
export function ranged(selection: Selection, order: readonly number[], index: number, add = false): Selection {
  if (order.length === 0) return nothing
  const to = clamp(index, order.length)
  const from = selection.anchor < 0 ? to : clamp(selection.anchor, order.length)
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
  return { ids: new Set(add ? [...selection.ids, ...range] : range), cursor: to, anchor: from }
}

export function everything(selection: Selection, order: readonly number[]): Selection {
  return order.length === 0 ? nothing : { ids: new Set(order), cursor: Math.max(0, selection.cursor), anchor: Math.max(0, selection.anchor) }
}

/** Arrow keys: one step, or `extend` from the anchor. */
export function moved(selection: Selection, order: readonly number[], delta: number, extend: boolean): Selection {
  if (order.length === 0) return nothing
  if (selection.cursor < 0) return only(order, 0)
  const to = clamp(selection.cursor + delta, order.length)
  return extend ? ranged(selection, order, to) : only(order, to)
}

export function lassoed(selection: Selection, order: readonly number[], indexes: readonly number[], add: boolean): Selection {
  const found = indexes.flatMap((index) => order[index] ?? [])
  const ids = new Set(add ? [...selection.ids, ...found] : found)
  const cursor = indexes.at(-1) ?? selection.cursor
  return { ids, cursor, anchor: indexes[0] ?? selection.anchor }
}

/** After the list changed: what is gone leaves the selection, the cursor stays on its sample or its place. */
export function kept(selection: Selection, before: readonly number[], after: readonly number[]): Selection {
  const still = new Set(after)
  const ids = new Set([...selection.ids].filter((id) => still.has(id)))
  const at = before[selection.cursor]
  const found = at === undefined ? -1 : after.indexOf(at)
  const cursor = found >= 0 ? found : after.length === 0 || selection.cursor < 0 ? -1 : clamp(selection.cursor, after.length)
  return { ids, cursor, anchor: cursor }
}
