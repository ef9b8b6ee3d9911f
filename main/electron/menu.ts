// The native menu. Entries of the workbench are carried out by the page, which also has their keys.
import { BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import { COMMAND, type MenuCommand } from '../api/contract/host.ts'

/** The page hears the key itself, and knows when it is meant for a text field. */
const entry = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
  label,
  ...(accelerator && { accelerator, registerAccelerator: false }),
  click: () => { (BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0])?.webContents.send(COMMAND, command) },
})
const line: MenuItemConstructorOptions = { type: 'separator' }

export function menuTemplate(platform: NodeJS.Platform, packaged: boolean): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin'
  const settings = entry('Settings…', 'settings', 'CmdOrCtrl+,')
  return [
    ...(mac ? [{ role: 'appMenu', submenu: [{ role: 'about' }, line, settings, line, { role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, line, { role: 'quit' }] } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        entry('New project…', 'new-project', 'CmdOrCtrl+N'),
        entry('Open project…', 'open-project', 'CmdOrCtrl+O'),
        entry('Close project', 'close-project'),
        line,
        entry('Import files…', 'import-files', 'CmdOrCtrl+I'),
        entry('Import folder…', 'import-folder'),
        ...(mac ? [] : [line, settings, line, { role: 'quit' } satisfies MenuItemConstructorOptions]),
      ],
    },
    {
      label: '&Edit',
      submenu: [
        entry('Undo', 'undo', 'CmdOrCtrl+Z'),
        entry('Redo', 'redo', mac ? 'Cmd+Shift+Z' : 'Ctrl+Y'),
        line,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        entry('Select all', 'select-all', 'CmdOrCtrl+A'),
      ],
    },
    {
      label: '&View',
      submenu: [
        entry('Search everything…', 'palette', 'CmdOrCtrl+K'),
        line,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        line,
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [line, { role: 'toggleDevTools' } satisfies MenuItemConstructorOptions]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [entry('Keys of this place', 'keys')] },
  ]
}
