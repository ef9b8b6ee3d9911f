// Build of the window: Vue and Nuxt UI, everything bundled, nothing fetched.
import { fileURLToPath } from 'node:url'
import ui from '@nuxt/ui/vite'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
export default defineConfig({
  root: at('.'),
  base: './',
  plugins: [
    vue(),
    ui({
      autoImport: { dts: at('./auto-imports.d.ts') },
      components: { dts: at('./components.d.ts') },
      colorMode: false,
      // Icons are named in .ts files too; one that is not bundled would be asked of the network, which the page's policy refuses.
      icon: { clientBundle: { scan: { globInclude: ['**/*.{vue,ts}'], globExclude: ['**/node_modules/**', '**/*.d.ts', '**/*.test.ts'] } } },
      ui: { colors: { primary: 'blue', neutral: 'zinc' } },
    }),
  ],
  build: { outDir: at('../dist/renderer'), emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 2000 },
})
