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
      icon: { clientBundle: { scan: true } },
      ui: { colors: { primary: 'blue', neutral: 'zinc' } },
    }),
  ],
  build: { outDir: at('../dist/renderer'), emptyOutDir: true, target: 'chrome140', chunkSizeWarningLimit: 2000 },
})
