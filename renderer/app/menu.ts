// Entries of the native menu, handled by the shell or by the place that is shown.
import { onScopeDispose } from 'vue'
import type { MenuCommand } from '../../main/api/contract/host.ts'

type Handlers = Partial<Readonly<Record<MenuCommand, () => unknown>>>
const registered: Handlers[] = []

/** The last registered handler of a command wins. */
export function useMenu(handlers: Handlers): void {
  registered.push(handlers)
  onScopeDispose(() => { registered.splice(registered.indexOf(handlers), 1) })
}

/** Returns the function that stops listening; nothing happens where the host has no menu. */
export function listenToMenu(): () => void {
  return window.lathe?.onCommand((command) => { registered.findLast((handlers) => handlers[command])?.[command]?.() }) ?? (() => undefined)
}
