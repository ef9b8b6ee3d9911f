// The places of the rail, in the order of the work.
import type { RouteLocationRaw } from 'vue-router'

export interface Place {
  readonly name: PlaceName
  readonly title: string
  readonly icon: string
  /** Second key of the chord `g …` that goes there. */
  readonly key: string
}
export type PlaceName = 'data' | 'label' | 'model' | 'train' | 'runs' | 'evaluate' | 'explain' | 'export' | 'settings'

export const places: readonly Place[] = [
  { name: 'data', title: 'Data', icon: 'i-lucide-images', key: 'd' },
  { name: 'label', title: 'Label', icon: 'i-lucide-tags', key: 'l' },
  { name: 'model', title: 'Model', icon: 'i-lucide-layers', key: 'm' },
  { name: 'train', title: 'Train', icon: 'i-lucide-activity', key: 't' },
  { name: 'runs', title: 'Runs', icon: 'i-lucide-list-tree', key: 'r' },
  { name: 'evaluate', title: 'Evaluate', icon: 'i-lucide-grid-3x3', key: 'e' },
  { name: 'explain', title: 'Explain', icon: 'i-lucide-scan-eye', key: 'x' },
  { name: 'export', title: 'Export', icon: 'i-lucide-package', key: 'o' },
]
export const settings: Place = { name: 'settings', title: 'Settings', icon: 'i-lucide-settings', key: 's' }

/** Address of a place of `project`; `query` holds its filters. */
export function placeRoute(place: PlaceName, project: string | null, query: Readonly<Record<string, string>> = {}): RouteLocationRaw {
  return { path: `/p/${place}`, query: project === null ? { ...query } : { project, ...query } }
}
