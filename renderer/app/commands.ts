// Commands of the palette: registered by the shell and by the place that is shown.
import { computed, onScopeDispose, shallowReactive } from 'vue'

export interface Command {
  readonly id: string
  readonly label: string
  readonly icon?: string
  readonly keys?: string
  readonly run: () => unknown
}
const registered = shallowReactive(new Set<() => readonly Command[]>())

/** A function, so that labels and availability follow the state. */
export function useCommands(commands: () => readonly Command[]): void {
  registered.add(commands)
  onScopeDispose(() => { registered.delete(commands) })
}
export const activeCommands = computed<readonly Command[]>(() => [...registered].flatMap((commands) => commands()))
