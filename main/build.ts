// `npm run build`: makes the bundles in dist/ whose sources changed; `--force` makes all.
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { rootFolder } from './paths.ts'
import { isFresh, sourceStamp } from './stamp.ts'
import { entryFiles, nodeBundle, nodeBundles, type NodeBundle } from './vite.config.ts'

const dist = path.join(rootFolder, 'dist')
const settings = ['package-lock.json', 'main/vite.config.ts', 'main/build.ts']
const notTests = (file: string): boolean => !file.endsWith('.test.ts') && !file.endsWith('.md')

interface Bundle {
  readonly name: string
  readonly sources: readonly string[]
  readonly accepts: (file: string) => boolean
  /** A file that must be there for the bundle to count as made. */
  readonly proof: string
  readonly make: (out: string) => Promise<void>
}

const node = (name: NodeBundle): Bundle => ({
  name,
  sources: [...(name === 'preload' ? entryFiles(name) : name === 'engine' ? ['engine', 'db'] : ['main', 'engine', 'db']), ...settings],
  accepts: (file) => file.endsWith('.ts') ? notTests(file) : settings.includes(file),
  proof: name === 'preload' ? 'preload.cjs' : name === 'engine' ? 'process.js' : 'index.js',
  make: async (out) => {
    const { build } = await import('vite')
    await build(nodeBundle(name, out))
  },
})

const renderer: Bundle = {
  name: 'renderer',
  sources: ['renderer', 'main/api/contract', 'engine/contract', 'db/contract', ...settings],
  accepts: (file) => notTests(file) && !/(^|\/)(node_modules|[^/]+\.d\.ts)(\/|$)/.test(file),
  proof: 'index.html',
  make: async (out) => {
    const { build } = await import('vite')
    await build({ configFile: path.join(rootFolder, 'renderer', 'vite.config.ts'), logLevel: 'warn', build: { outDir: out, emptyOutDir: true, reportCompressedSize: false } })
  },
}

const isAsset = (file: string): boolean => !/\.(ts|md)$/.test(file)
const samples: Bundle = {
  name: 'samples',
  sources: ['engine/samples'],
  accepts: isAsset,
  proof: '.',
  make: async (out) => {
    await mkdir(out, { recursive: true })
    const from = path.join(rootFolder, 'engine', 'samples')
    for (const entry of await readdir(from, { withFileTypes: true })) {
      if (entry.isDirectory()) await cp(path.join(from, entry.name), path.join(out, entry.name), { recursive: true, filter: isAsset })
    }
  },
}

export interface BuildOptions {
  readonly force?: boolean
  /** Told of each bundle as it is made. */
  readonly log?: (line: string) => void
}

export class BuildError extends Error {
  override readonly name = 'BuildError'
}

/** Makes what is stale; true when anything was. A bundle is put in place only once it is whole.
 *  @throws BuildError naming every bundle that cannot be made; the others are made all the same. */
export async function buildStale({ force = false, log = () => undefined }: BuildOptions = {}): Promise<boolean> {
  const failures: string[] = []
  let made = false
  for (const bundle of [renderer, ...nodeBundles.map(node), samples]) {
    const out = path.join(dist, bundle.name)
    const stamp = await sourceStamp(rootFolder, bundle.sources, bundle.accepts)
    if (!force && existsSync(path.join(out, bundle.proof)) && (await isFresh(out, stamp))) continue
    const start = performance.now()
    const draft = `${out}.${process.pid}.tmp`
    try {
      await bundle.make(draft)
      await writeFile(path.join(draft, '.stamp'), stamp)
      await rm(out, { recursive: true, force: true })
      await rename(draft, out)
      made = true
      log(`built ${bundle.name.padEnd(9)}${seconds(start)}`)
    } catch (error) {
      failures.push(`${bundle.name}: ${stripVTControlCharacters(error instanceof Error ? error.message : String(error)).trim()}`)
    } finally {
      await rm(draft, { recursive: true, force: true })
    }
  }
  if (failures.length > 0) throw new BuildError(failures.join('\n'))
  return made
}

const seconds = (start: number): string => `${((performance.now() - start) / 1000).toFixed(1)} s`

if (import.meta.main) {
  const start = performance.now()
  try {
    const made = await buildStale({ force: process.argv.includes('--force'), log: console.log })
    console.log(made ? `build done in ${seconds(start)}` : 'build is up to date')
  } catch (error) {
    if (!(error instanceof BuildError)) throw error
    console.error(`build failed\n${error.message}`)
    process.exitCode = 1
  }
}
