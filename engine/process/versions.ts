// Versions shown to the user and written into exported files.
import { createRequire } from 'node:module'
import { z } from 'zod'
import lathe from '../../package.json' with { type: 'json' }

const manifest = z.object({ version: z.string() })

export function versions(): { readonly lathe: string; readonly node: string; readonly onnxruntime: string } {
  const runtime = manifest.parse(createRequire(import.meta.url)('onnxruntime-node/package.json'))
  return { lathe: lathe.version, node: process.versions.node, onnxruntime: runtime.version }
}
