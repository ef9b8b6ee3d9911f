// Keys that move and select in a samples grid, the same wherever there is one.
import type { Ref } from 'vue'
import type { Shortcut } from './shortcuts.ts'

type Direction = 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end'
interface Grid {
  step(direction: Direction, extend?: boolean): void
  selectAll(): void
}
const MOVES: readonly (readonly [string, Direction])[] = [
  ['ArrowLeft', 'left'], ['ArrowRight', 'right'], ['ArrowUp', 'up'], ['ArrowDown', 'down'],
  ['PageUp', 'pageUp'], ['PageDown', 'pageDown'], ['Home', 'home'], ['End', 'end'],
]

/** `clear` empties the selection. */
export function gridKeys(grid: Readonly<Ref<Grid | null>>, clear: () => void): readonly Shortcut[] {
  const act = (work: (grid: Grid) => void): unknown => {
    if (!grid.value) return false
    work(grid.value)
    return true
  }
  return [
    ...MOVES.map(([key, direction], index) => ({ keys: [key], label: 'Move', group: 'Samples', hidden: index >= 4, run: () => act((at) => { at.step(direction) }) })),
    ...MOVES.map(([key, direction], index) => ({ keys: [`shift+${key}`], label: 'Move and select', group: 'Samples', hidden: index >= 4, run: () => act((at) => { at.step(direction, true) }) })),
    { keys: ['mod+a'], label: 'Select all that match', group: 'Samples', run: () => act((at) => { at.selectAll() }) },
    { keys: ['Escape'], label: 'Select nothing', group: 'Samples', run: clear },
  ]
}
