// Keys that move and select in a samples grid, the same wherever there is one.
import type { Ref } from 'vue'
import type { Shortcut } from './shortcuts.ts'

type Direction = 'left' | 'right' | 'up' | 'down' | 'pageUp' | 'pageDown' | 'home' | 'end'
interface Grid {
  step(direction: Direction, extend?: boolean): void
  selectAll(): void
}
const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', PageUp: 'pageUp', PageDown: 'pageDown', Home: 'home', End: 'end' }
const ARROWS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']
const JUMPS = ['PageUp', 'PageDown', 'Home', 'End']
const shifted = (keys: readonly string[]): readonly string[] => keys.map((key) => `shift+${key}`)

/** `clear` empties the selection. */
export function gridKeys(grid: Readonly<Ref<Grid | null>>, clear: () => void): readonly Shortcut[] {
  const act = (work: (grid: Grid) => void): unknown => {
    if (!grid.value) return false
    work(grid.value)
    return true
  }
  const move = (extend: boolean) => (event: KeyboardEvent): unknown => {
    const direction = DIRECTIONS[event.key]
    return direction === undefined ? false : act((at) => { at.step(direction, extend) })
  }
  return [
    { keys: ARROWS, label: 'Move', group: 'Samples', run: move(false) },
    { keys: JUMPS, label: 'Move far', group: 'Samples', run: move(false) },
    { keys: shifted(ARROWS), label: 'Move and select', group: 'Samples', hidden: true, run: move(true) },
    { keys: shifted(JUMPS), label: 'Move far and select', group: 'Samples', hidden: true, run: move(true) },
    { keys: ['mod+a'], label: 'Select all that match', group: 'Samples', run: () => act((at) => { at.selectAll() }) },
    { keys: ['Escape'], label: 'Select nothing', group: 'Samples', run: clear },
  ]
}
