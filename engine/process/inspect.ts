// Command inspect: what any ONNX file holds.
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { inspect, MAX_MODEL_BYTES } from '../export/inspect.ts'
import type { Command } from './command.ts'

export const inspectCommand: Command<'inspect'> = {
  args: z.object({ path: z.string() }),
  run: async ({ path: file }) => {
    const info = await stat(file).catch(() => null)
    if (!info) throw new LatheError('not-found', `there is no file ${file}: check the path`, { path: file })
    if (!info.isFile()) throw new LatheError('usage', `${file}: expected an .onnx file, found a folder`, { path: file })
    if (info.size > MAX_MODEL_BYTES) throw new LatheError('graph', `${file}: ${info.size} bytes, an ONNX file holds 2 GB at most`, { path: file })
    return inspect(await readFile(file), path.basename(file))
  },
}
