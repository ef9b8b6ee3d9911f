// What no page may do: navigate, open windows, attach web views, use devices or permissions.
import { app, session, type WebContents, type WebFrameMain } from 'electron'

export const PAGE_ORIGIN = 'lathe://app'

/** True for the top frame of the app's own page: the only sender that is answered. */
export function isOwnPage(contents: WebContents, frame: WebFrameMain | null): boolean {
  return frame !== null && frame === contents.mainFrame && frame.url.startsWith(`${PAGE_ORIGIN}/`)
}

/** Copying text is all a page may ask for. */
const ALLOWED = new Set(['clipboard-sanitized-write'])

export function lockDown(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => { event.preventDefault() })
    contents.on('will-frame-navigate', (event) => { event.preventDefault() })
    contents.on('will-redirect', (event) => { event.preventDefault() })
    contents.on('will-attach-webview', (event) => { event.preventDefault() })
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}

/** Of the default session; to be called when the app is ready. */
export function denyPermissions(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((contents, permission, answer, { isMainFrame }) => {
    answer(ALLOWED.has(permission) && isMainFrame && contents.getURL().startsWith(`${PAGE_ORIGIN}/`))
  })
  defaultSession.setPermissionCheckHandler((_contents, permission, origin, { isMainFrame }) => ALLOWED.has(permission) && isMainFrame && (origin === PAGE_ORIGIN || origin === `${PAGE_ORIGIN}/`))
  defaultSession.setDevicePermissionHandler(() => false)
  // Charts and tables are saved from the page itself; nothing is downloaded from elsewhere.
  defaultSession.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${PAGE_ORIGIN}/`)) event.preventDefault()
  })
}
