// npm run screenshots: every place of the real app on seeded samples of every task with trained runs, in both themes and sizes.
// Options: --out DIR (screenshots), --only PLACE[,PLACE] or first parts of their names (text,detection), --theme light|dark,
// --size 1280x800[,1024x640], --home DIR (keeps the projects there for the next call); --readme makes the one of the README instead.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import sharp from 'sharp'
import { buildStale } from '../../main/build.ts'
import { rootFolder } from '../../main/paths.ts'
import { startServer } from '../../main/server/server.ts'
import { chromiumLaunch } from './chromium.ts'
import { places, placesOf, seedFor, visit, type Seeded } from './places.ts'

const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(rootFolder, 'screenshots') }, only: { type: 'string' }, theme: { type: 'string', default: 'light,dark' }, size: { type: 'string', default: '1280x800,1920x1200' }, home: { type: 'string' }, readme: { type: 'boolean', default: false } },
})
const readme = path.join(rootFolder, '.github', 'workbench.png')
if (values.readme) Object.assign(values, { only: 'train', theme: 'light', size: '1280x800' })
const chosen = placesOf(values.only?.split(',') ?? Object.keys(places))
const themes = values.theme.split(',').map((theme) => {
  if (theme !== 'light' && theme !== 'dark') throw new RangeError(`--theme: expected light or dark, got '${theme}'`)
  return theme
})
const sizes = values.size.split(',').map((size) => {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? []
  if (!width || !height) throw new RangeError(`--size: expected WIDTHxHEIGHT, got '${size}'`)
  return { name: size, width: Number(width), height: Number(height) }
})

async function shoot(url: string, seeded: Readonly<Record<string, Seeded>>): Promise<readonly string[]> {
  const problems: string[] = []
  const browser = await chromium.launch(await chromiumLaunch())
  try {
    for (const theme of themes) {
      for (const size of sizes) {
        const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' })
        const page = await context.newPage()
        let place = ''
        page.on('console', (message) => { if (message.type() === 'error') problems.push(`${place}: ${message.text()}`) })
        page.on('pageerror', (error) => { problems.push(`${place}: ${error.message}`) })
        await page.goto(url)
        for (place of chosen) {
          await visit(page, place, seeded).catch((error: unknown) => { problems.push(`${place}: ${error instanceof Error ? error.message : String(error)}`) })
          const file = values.readme ? readme : path.join(values.out, `${place}-${theme}-${size.name}.png`)
          await sharp(await page.screenshot()).png({ palette: values.readme, compressionLevel: 9 }).toFile(file)
          console.log(path.relative(process.cwd(), file))
        }
        await context.close()
      }
    }
  } finally {
    await browser.close()
  }
  return problems
}

await buildStale({ log: console.log })
await mkdir(values.out, { recursive: true })
const home = values.home ?? await mkdtemp(path.join(tmpdir(), 'lathe-screenshots-'))
await mkdir(home, { recursive: true })
const host = await startServer({ dataFolder: path.join(home, 'home'), projectsFolder: path.join(home, 'projects') })
try {
  const problems = await shoot(host.url, await seedFor(host, home, chosen, console.log))
  for (const problem of new Set(problems)) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  await host.close()
  if (values.home === undefined) await rm(home, { recursive: true, force: true })
}
