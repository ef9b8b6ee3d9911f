// The only door of the sandboxed page: the platform, paths of dropped files, menu commands, and the handshake for its port.
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { COMMAND, HAVE_PORT, WANT_PORT, type LatheHost, type MenuCommand } from '../api/contract/host.ts'

const host: LatheHost = {
  platform: process.platform,
  pathForFile: (file) => webUtils.getPathForFile(file),
  onCommand: (listener) => {
    const relay = (_event: IpcRendererEvent, command: MenuCommand): void => { listener(command) }
    ipcRenderer.on(COMMAND, relay)
    return () => { ipcRenderer.removeListener(COMMAND, relay) }
  },
}
contextBridge.exposeInMainWorld('lathe', host)

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === WANT_PORT) ipcRenderer.send(WANT_PORT)
})
ipcRenderer.on(HAVE_PORT, (event) => { window.postMessage(HAVE_PORT, location.origin, [...event.ports]) })
