// electron-builder.yml is valid, and says what the architecture asks of a package.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
// Parts of electron-builder itself: of its own version, wherever npm put them.
const own = createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json'))
interface Settings {
  /** As normalised by electron-builder. */
  readonly files: unknown
  readonly asarUnpack: readonly string[]
  readonly electronFuses: Readonly<Record<string, boolean>>
  readonly npmRebuild: boolean
  readonly [key: string]: unknown
}
const { getConfig, validateConfiguration } = own('app-builder-lib/out/util/config/config.js') as {
  getConfig: (folder: string, file: string, cli: null, metadata: { value: Promise<unknown> }) => Promise<Settings>
  validateConfiguration: (settings: unknown, log: unknown) => Promise<void>
}
const { DebugLogger } = own('builder-util') as { DebugLogger: new (enabled: boolean) => unknown }

let settings: Settings
beforeAll(async () => {
  const metadata = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as unknown
  settings = await getConfig(root, path.join(root, 'electron-builder.yml'), null, { value: Promise.resolve(metadata) })
})

test('the configuration is valid, and a wrong one would be noticed', async () => {
  await expect(validateConfiguration(settings, new DebugLogger(false))).resolves.toBeUndefined()
  await expect(validateConfiguration({ ...settings, asarUnpak: [] }, new DebugLogger(false))).rejects.toThrow('asarUnpak')
})

test('the three systems', () => {
  expect(settings['linux']).toMatchObject({ target: ['AppImage', 'deb'] })
  expect(settings['win']).toMatchObject({ target: ['nsis'] })
  expect(settings['mac']).toMatchObject({ target: [{ target: 'dmg', arch: ['arm64'] }] })
})

test('fuses: no Node by the back door, only the checked archive', () => {
  expect(settings.electronFuses).toMatchObject({ runAsNode: false, enableCookieEncryption: true, enableNodeOptionsEnvironmentVariable: false, enableNodeCliInspectArguments: false, enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true })
})

test('only the binaries of the system that is packaged', () => {
  const files = JSON.stringify(settings.files)
  for (const pattern of ['!node_modules/onnxruntime-node/bin/**', 'node_modules/onnxruntime-node/bin/napi-v6/${platform}/${arch}/**', 'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node']) expect(files).toContain(pattern)
  // Patterns of one system would be a list of their own, and let everything else in.
  for (const system of ['linux', 'win', 'mac']) expect(settings[system]).not.toHaveProperty('files')
})

test('native modules are unpacked and not rebuilt, the samples are there', () => {
  expect(settings.asarUnpack).toEqual(expect.arrayContaining(['**/*.node', 'node_modules/onnxruntime-node/bin/**', 'node_modules/@img/**']))
  expect(settings.npmRebuild).toBe(false)
  expect(JSON.stringify(settings.files)).toContain('dist/{main,preload,engine,renderer,samples}/**')
})

test('no module that ships its binaries is built on installing: npm 10 sees that only in the lock file, and npm drops it there when it writes', async () => {
  const { packages } = JSON.parse(await readFile(path.join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { gypfile?: boolean; hasInstallScript?: boolean }> }
  const built = Object.keys(packages).filter((folder) => folder !== '' && existsSync(path.join(root, folder, 'binding.gyp')))
  expect(built).toContain('node_modules/better-sqlite3')
  for (const folder of built) expect(packages[folder], `${folder} in package-lock.json: expected "gypfile": false, else "npm ci" of npm 10 needs Python and a compiler`).toMatchObject({ gypfile: false })
})
