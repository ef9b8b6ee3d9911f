// Doors of the page to the services: it asks, and gets one end of a message port on which the router answers.
import { ipcMain, MessageChannelMain } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import { HAVE_PORT, WANT_PORT } from '../api/contract/host.ts'
import { handlerOptions, type createRouter } from '../api/router.ts'
import { isOwnPage } from './security.ts'

export function answerPorts(router: ReturnType<typeof createRouter>): void {
  const handler = new RPCHandler(router, handlerOptions)
  ipcMain.on(WANT_PORT, (event) => {
    if (!isOwnPage(event.sender, event.senderFrame)) return
    const { port1, port2 } = new MessageChannelMain()
    handler.upgrade(port1)
    port1.start()
    event.sender.postMessage(HAVE_PORT, null, [port2])
  })
}
