// What Electron's preload gives the page as `window.lathe`, and the names of the messages between them; absent under the Node host.

/** Entries of the native menu that the page carries out; the page has the keys too. */
export const MENU_COMMANDS = ['new-project', 'open-project', 'close-project', 'import-files', 'import-folder', 'undo', 'redo', 'select-all', 'palette', 'settings', 'keys'] as const
export type MenuCommand = (typeof MENU_COMMANDS)[number]

export interface LatheHost {
  readonly platform: string
  /** Path of a dropped or chosen file; empty for one that is not on the disk. */
  pathForFile(file: File): string
  /** Returns the function that ends the subscription. */
  onCommand(listener: (command: MenuCommand) => void): () => void
}

/** Page → preload, by `window.postMessage`: give me a port to the services. */
export const WANT_PORT = 'lathe:want-port'
/** Preload → page, by `window.postMessage` with the port in `event.ports`. */
export const HAVE_PORT = 'lathe:port'
/** Main → preload: a menu entry was chosen. */
export const COMMAND = 'lathe:command'
