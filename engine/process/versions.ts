// Versions shown to the user and written into exported files.
import { createRequire } from 'node:module'
import { z } from 'zod'

const manifest = z.object({ version: z.string() })

export function versions(): Record<string, string> {
  const runtime = manifest.parse(createRequire(import.meta.url)('onnxruntime-node/package.json'))
  return { node: process.versions.node, onnxruntime: runtime.version }
}
