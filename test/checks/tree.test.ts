// The top level holds what ARCHITECTURE.md names and nothing else; package.json holds the packages that the house is built on.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')
const json = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'))
interface Manifest {
  readonly license: string
  readonly engines: { readonly node: string }
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}
const manifest = json('package.json') as Manifest
const all = { ...manifest.dependencies, ...manifest.devDependencies }

const topLevel = ['.ci', '.github', '.gitignore', '.npmrc', 'ARCHITECTURE.md', 'LICENSE', 'README.md', 'db', 'electron-builder.yml', 'engine', 'main', 'package-lock.json', 'package.json', 'renderer', 'test', 'tsconfig.json']

test('nothing else at the top level', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 }).trim().split('\n')
  const found = new Set(files.map((file) => file.split('/')[0] ?? ''))
  expect([...found].filter((name) => !topLevel.includes(name))).toEqual([])
  expect(topLevel.filter((name) => !found.has(name))).toEqual([])
})

test('what ships', () => {
  for (const name of ['@orpc/client', '@orpc/contract', '@orpc/server', 'better-sqlite3', 'commander', 'hono', 'onnx-proto', 'onnxruntime-node', 'sharp', 'ws', 'zod']) expect(manifest.dependencies, name).toHaveProperty([name])
})

test('what it is made with', () => {
  for (const name of ['@nuxt/ui', '@playwright/test', 'dependency-cruiser', 'electron', 'electron-builder', 'eslint', 'knip', 'node', 'pinia', 'typescript', 'typescript-eslint', 'vite', 'vitest', 'vue', 'vue-echarts', 'vue-router']) expect(manifest.devDependencies, name).toHaveProperty([name])
})

test('versions are exact, and of one release where they must be', () => {
  expect(Object.entries(all).filter(([, version]) => !/^(npm:[a-z]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([])
  expect(new Set(Object.entries(all).filter(([name]) => name.startsWith('@orpc/')).map(([, version]) => version)).size).toBe(1)
  // Electron embeds Node 24, and the scripts run on the same.
  expect(all['node']).toMatch(/^24\./)
})

test('every direct dependency has a licence that lets it ship', () => {
  const licences = Object.keys(manifest.dependencies).map((name) => [name, (json(`node_modules/${name}/package.json`) as { license?: string }).license ?? 'none'] as const)
  expect(licences.filter(([, licence]) => !/^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC)$/.test(licence))).toEqual([])
})

test('the two commands of a newcomer, and CI, are what the README promises', () => {
  for (const name of ['start', 'test', 'demo', 'bench', 'screenshots', 'dist', 'lathe']) expect(manifest.scripts, name).toHaveProperty([name])
  expect(readFileSync(path.join(root, '.ci/run'), 'utf8')).toMatch(/npm ci\nnpm test\n/)
  expect(manifest.license).toBe('MIT')
})
