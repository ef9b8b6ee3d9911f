// The workbench window: sandboxed, without Node, on the app's own page; it remembers its place.
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { PAGE_ORIGIN } from './security.ts'
import { readWindowState, writeWindowState } from './window-state.ts'

const PAGE = `${PAGE_ORIGIN}/`

export interface WindowOptions {
  readonly preload: string
  /** Where its place is kept. */
  readonly stateFile: string
}

export async function openWindow({ preload, stateFile }: WindowOptions): Promise<BrowserWindow> {
  const state = readWindowState(stateFile, screen.getAllDisplays().map((display) => display.workArea))
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    ...state?.bounds,
    minWidth: 1024,
    minHeight: 640,
    show: false,
    title: 'Lathe',
    // Nothing white flashes before the first paint.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#18181b' : '#ffffff',
    webPreferences: { preload, contextIsolation: true, sandbox: true, nodeIntegration: false, webviewTag: false, webSecurity: true, allowRunningInsecureContent: false, navigateOnDragDrop: false, spellcheck: false },
  })
  if (state?.maximized) window.maximize()
  const keep = (): void => { writeWindowState(stateFile, { bounds: window.getNormalBounds(), maximized: window.isMaximized() }) }
  window.on('close', keep)
  window.once('ready-to-show', () => {
    window.show()
    process.send?.('lathe:window') // npm start waits for this before it trusts Electron
  })
  await window.loadURL(PAGE)
  return window
}

/** Brings the window to the front, on `project` when one is given. */
export async function showProject(window: Electron.BrowserWindow, project: string | null): Promise<void> {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
  if (project !== null) await window.loadURL(`${PAGE}#/p/data?project=${encodeURIComponent(project)}`)
}
