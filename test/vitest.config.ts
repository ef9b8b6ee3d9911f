// Unit and integration tests: `node` for main, engine and db; `dom` for the window's components.
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))
// Tests start many processes of the command line and the engine.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url))
export default defineConfig({
  root,
  test: {
    // The default leaves one core free; on two that is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Each file anew would load ONNX Runtime and the engine 400 times: more than half of the whole.
    isolate: false,
    projects: [
      { root, test: { name: 'node', environment: 'node', pool: 'forks', testTimeout: 30_000, include: ['{main,engine,db}/**/*.test.ts', 'renderer/**/*.node.test.ts', 'test/{integration,conformance,support,checks,study}/**/*.test.ts'] } },
      {
        root,
        plugins: [vue(), ui({ autoImport: { dts: false }, components: { dts: false } })],
        test: { name: 'dom', environment: 'happy-dom', testTimeout: 30_000, setupFiles: ['test/support/dom.ts'], include: ['renderer/**/*.test.ts'], exclude: ['renderer/**/*.node.test.ts', '**/node_modules/**'] },
      },
    ],
  },
})
