// What a test asks of the stand-in from outside: its report, menu entries, laid-out dialog answers, quitting.
import { app } from './app.ts'
import { privileged, session } from './doors.ts'
import { answers, clickMenu, shown } from './natives.ts'
import { started } from './utility-process.ts'
import { BrowserWindow } from './window.ts'

export interface Report {
  readonly windows: readonly { readonly options: Readonly<Record<string, unknown>>; readonly visible: boolean }[]
  readonly sandboxed: boolean
  readonly privileged: readonly unknown[]
  readonly granted: readonly string[]
  readonly windowOpen: string
  readonly processes: readonly { readonly pid: number | undefined; readonly ended: boolean }[]
  readonly dialogs: readonly unknown[]
}
export type Ask =
  | { readonly ask: 'report'; readonly permissions: readonly string[] }
  | { readonly ask: 'menu'; readonly labels: readonly string[] }
  | { readonly ask: 'dialog'; readonly answer: readonly string[] }
  | { readonly ask: 'quit' }

function report(permissions: readonly string[]): Report {
  const { request, check, device } = session.defaultSession
  const windows = BrowserWindow.getAllWindows()
  const contents = windows[0]?.webContents
  const granted = permissions.filter((permission) => {
    const answers: boolean[] = []
    request?.(contents, permission, (answer) => { answers.push(answer) }, { isMainFrame: true, requestingUrl: 'lathe://app/' })
    return answers.length !== 1 || answers.includes(true) || (check?.(contents, permission, 'lathe://app', { isMainFrame: true }) ?? true) || (device?.() ?? true)
  })
  return {
    windows: windows.map(({ options, visible }) => ({ options: { ...options }, visible })),
    sandboxed: app.sandboxed,
    privileged,
    granted,
    windowOpen: contents?.openHandler?.({ url: 'https://example.org/' }).action ?? 'allow',
    processes: started.map(({ pid, ended }) => ({ pid, ended })),
    dialogs: shown,
  }
}

process.on('message', (message: Ask & { readonly id: number }) => {
  let value: unknown = null
  if (message.ask === 'report') value = report(message.permissions)
  if (message.ask === 'menu') clickMenu(message.labels)
  if (message.ask === 'dialog') answers.push([...message.answer])
  process.send?.({ id: message.id, value })
  if (message.ask === 'quit') app.quit()
})
// The test's channel must not keep the app alive.
process.channel?.unref()
