// lathe serve [FILE]: the workbench for a browser on this machine, until Ctrl+C.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { LatheError } from '../../../engine/contract/errors.ts'
import { defineCommand, oneOf, whole } from '../command.ts'

export const serveCommand = defineCommand({
  summary: 'serve the workbench to a browser on this machine',
  arguments: '[file]',
  options: [
    ['--port <n>', 'port (default: any free one)'],
    ['--host <host>', '127.0.0.1, and no other: the workbench is for this machine only'],
  ],
  schema: z.object({ file: z.string().optional(), port: whole(0, 65535).default(0), host: oneOf('127.0.0.1').default('127.0.0.1') }),
  async run({ file, port }, cli) {
    const [{ startServer }, { engineEntry, rendererFolder }] = await Promise.all([import('../../server/server.ts'), import('../../paths.ts')])
    if (!existsSync(path.join(rendererFolder, 'index.html'))) throw new LatheError('not-found', `the window is not built (${rendererFolder} has no index.html): run "npm run build" first`, { path: rendererFolder })
    if (file !== undefined && !existsSync(file)) throw new LatheError('not-found', `There is no project at ${path.resolve(file)}: check the path, or make one with "lathe new".`, { path: file })
    const server = await startServer({ port, open: file ?? null, pageFolder: rendererFolder, engineFile: engineEntry })
    cli.print(server.url)
    cli.out.event('listening', { url: server.url, port: server.port })
    await new Promise<void>((resolve) => { cli.signal.addEventListener('abort', () => { resolve() }, { once: true }) })
    await server.close()
    return { url: server.url }
  },
})
