// Versions shown to the user and written into exported files.
import { createRequire } from 'node:module'
import { z } from 'zod'

const manifest = z.object({ version: z.string() })

export function versions(): Record<string, string> {
  const require = createRequire(import.meta.url)
  const of = (name: string): string => manifest.parse(require(`${name}/package.json`)).version
  return { node: process.versions.node, onnxruntime: of('onnxruntime-node'), sharp: of('sharp') }
}
