// Bundles that run under Node or Electron: main, preload, engine, cli. Dependencies stay outside, in node_modules.
import path from 'node:path'
import type { InlineConfig } from 'vite'
import { rootFolder } from './paths.ts'

const entries = {
  main: { index: 'main/electron/index.ts' },
  preload: { preload: 'main/electron/preload.ts' },
  engine: { process: 'engine/process.ts', worker: 'engine/compile/parallel/worker.ts' },
  cli: { index: 'main/cli/index.ts' },
} as const
export type NodeBundle = keyof typeof entries
export const nodeBundles = Object.keys(entries) as NodeBundle[]

/** Files that vite starts from, relative to the root folder. */
export const entryFiles = (name: NodeBundle): string[] => Object.values(entries[name])

/** Chunks lie beside their entry, so that `import.meta.dirname` is `dist/<name>` in all of them. */
export function nodeBundle(name: NodeBundle, outDir: string): InlineConfig {
  // A sandboxed preload cannot import: one CommonJS file with all but `electron` inside.
  const preload = name === 'preload'
  const extension = preload ? 'cjs' : 'js'
  return {
    configFile: false,
    root: rootFolder,
    publicDir: false,
    logLevel: 'warn',
    ssr: { external: ['electron'], target: 'node', ...(preload && { noExternal: true }) },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node24',
      sourcemap: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries[name]).map(([key, file]) => [key, path.join(rootFolder, file)])),
        output: { format: preload ? 'cjs' : 'es', entryFileNames: `[name].${extension}`, chunkFileNames: `[name]-[hash].${extension}` },
      },
    },
  }
}
