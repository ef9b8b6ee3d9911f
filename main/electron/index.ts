// The Electron host: one window on the built page, services over message ports, the engine as a utility process.
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { app, BrowserWindow, dialog, Menu, protocol, utilityProcess } from 'electron'
import { createMedia } from '../api/media.ts'
import { createRouter } from '../api/router.ts'
import { engineEntry, preloadFile, rendererFolder } from '../paths.ts'
import { utilityEngine } from '../services/engine-child.ts'
import { appFolders } from '../services/folders.ts'
import { createServices, type Services } from '../services/index.ts'
import { VERSION } from '../services/version.ts'
import { pick } from './dialogs.ts'
import { menuTemplate } from './menu.ts'
import { answerPorts } from './ports.ts'
import { denyPermissions, lockDown } from './security.ts'
import { openWindow, showProject } from './window.ts'

const { dataFolder, projectsFolder } = appFolders()
const projectIn = (args: readonly string[], folder: string): string | null => {
  const file = args.slice(1).find((arg) => arg.endsWith('.lathe'))
  return file === undefined ? null : path.resolve(folder, file)
}
let toOpen = projectIn(process.argv, process.cwd())

/** Before the app is ready: Chromium's own files, the scheme of the page, what no page may do. */
function prepare(): boolean {
  app.setPath('userData', path.join(dataFolder, 'window'))
  app.enableSandbox()
  protocol.registerSchemesAsPrivileged([{ scheme: 'lathe', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true } }])
  lockDown()
  return app.requestSingleInstanceLock()
}

async function start(): Promise<void> {
  // Awaited in here: at the top level it would keep Electron's module loader from ever getting ready.
  await app.whenReady()
  denyPermissions()
  mkdirSync(projectsFolder, { recursive: true })
  const services = createServices({
    dataFolder,
    projectsFolder,
    startEngine: () => utilityEngine(utilityProcess.fork(engineEntry, [], { serviceName: 'Lathe engine', stdio: 'pipe' })),
    roots: null,
  })
  quitCleanly(services)
  const router = createRouter(services, {
    info: () => ({ host: 'electron', version: VERSION, platform: process.platform, projectsFolder, dialogs: true, open: toOpen }),
    pick: ({ what, suggest }) => pick(BrowserWindow.getFocusedWindow(), what, projectsFolder, suggest),
  })
  protocol.handle('lathe', createMedia({ services, pageFolder: rendererFolder }))
  answerPorts(router)
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform, app.isPackaged)))
  const open = (): Promise<BrowserWindow> => openWindow({ preload: preloadFile, stateFile: path.join(dataFolder, 'window.json') })
  const reopen = (file: string | null): void => {
    const [window] = BrowserWindow.getAllWindows()
    toOpen = file ?? toOpen
    if (!window) void open()
    else void showProject(window, file)
  }
  app.on('second-instance', (_event, args, folder) => { reopen(projectIn(args, folder)) })
  app.on('open-file', (event, file) => { event.preventDefault(); reopen(file) })
  app.on('activate', () => { reopen(null) })
  await open()
}

/** A running training pauses with a checkpoint, and the engine ends, before the app does. */
function quitCleanly(services: Services): void {
  let state: 'open' | 'closing' | 'closed' = 'open'
  app.on('before-quit', (event) => {
    if (state === 'closed') return
    event.preventDefault()
    if (state === 'closing') return
    state = 'closing'
    for (const window of BrowserWindow.getAllWindows()) window.hide()
    void services.close()
      .catch((error: unknown) => { console.error(error) })
      .finally(() => {
        state = 'closed'
        app.quit()
      })
  })
}

app.on('window-all-closed', () => { if (process.platform !== 'darwin') app.quit() })
if (prepare()) {
  start().catch((error: unknown) => {
    dialog.showErrorBox('Lathe cannot start', error instanceof Error ? error.message : String(error))
    app.exit(1)
  })
} else app.quit()
