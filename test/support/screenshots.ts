// npm run screenshots: every place of the real app on the digits sample with two trained runs, in both themes and sizes.
// Options: --out DIR (screenshots), --only PLACE[,PLACE], --theme light|dark, --size 1280x800[,1024x640].
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium, type Page } from '@playwright/test'
import { buildStale } from '../../main/build.ts'
import { rootFolder } from '../../main/paths.ts'
import { startServer, type RunningServer } from '../../main/server/server.ts'
import { chromiumLaunch } from './chromium.ts'

interface Seeded {
  readonly project: string
  readonly run: number
}
/** Address of each place, after `#`. */
type Address = (seeded: Seeded) => string
const at = (place: string, query: Readonly<Record<string, string>> = {}): Address => ({ project }) => `/p/${place}?${new URLSearchParams({ project, ...query }).toString()}`
const withRun = (place: string): Address => (seeded) => `${at(place)(seeded)}&run=${seeded.run}`
const places: Readonly<Record<string, Address>> = {
  start: () => '/',
  data: at('data'),
  import: at('data', { dialog: 'import' }),
  label: at('label'),
  'label-one': at('label', { view: 'one' }),
  model: at('model'),
  train: withRun('train'),
  runs: withRun('runs'),
  evaluate: withRun('evaluate'),
  explain: withRun('explain'),
  export: withRun('export'),
  settings: at('settings'),
}

const { values } = parseArgs({
  options: { out: { type: 'string', default: path.join(rootFolder, 'screenshots') }, only: { type: 'string' }, theme: { type: 'string', default: 'light,dark' }, size: { type: 'string', default: '1280x800,1920x1200' } },
})
const chosen = values.only?.split(',') ?? Object.keys(places)
const unknown = chosen.filter((place) => !Object.hasOwn(places, place))
if (unknown.length > 0) throw new RangeError(`--only: there is no place '${unknown.join(', ')}'; there are ${Object.keys(places).join(', ')}`)
const themes = values.theme.split(',').map((theme) => {
  if (theme !== 'light' && theme !== 'dark') throw new RangeError(`--theme: expected light or dark, got '${theme}'`)
  return theme
})
const sizes = values.size.split(',').map((size) => {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(size) ?? []
  if (!width || !height) throw new RangeError(`--size: expected WIDTHxHEIGHT, got '${size}'`)
  return { name: size, width: Number(width), height: Number(height) }
})

/** A project from the sample with two finished runs, an evaluation, an explanation and an export. */
async function seed({ services }: RunningServer, folder: string): Promise<Seeded> {
  const { path: project } = await services.projects.fromSample({ id: 'digits', path: null })
  let best = 0
  for (const [model, epochs] of [['mlp', 5], ['cnn', 8]] as const) {
    const recipe = await services.runs.recipe({ project, model })
    const { id } = services.runs.start({ project, config: { ...recipe, epochs }, name: `${model}, ${epochs} epochs` })
    const run = await services.runs.finished(project, id)
    if (run.status !== 'finished') throw new Error(`the run of ${model} is ${run.status}: ${JSON.stringify(run)}`)
    for (const split of ['val', 'test'] as const) await services.results.evaluate({ project, run: id, checkpoint: 'best', split })
    best = id
    if (model === 'cnn') await services.results.export({ project, run: id, checkpoint: 'best', out: path.join(folder, 'projects', 'digits.onnx'), opset: 18, precision: 'fp32' })
  }
  return { project, run: best }
}

/** Waits until nothing loads and nothing moves. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'), null, { timeout: 15_000 })
  await page.evaluate(() => document.fonts.ready)
  // Thumbnails that can be seen have come.
  await page.waitForFunction(() => [...document.images].every((image) => {
    const { top, bottom } = image.getBoundingClientRect()
    return bottom < 0 || top > innerHeight || (image.complete && image.naturalWidth > 0)
  }), null, { timeout: 15_000 })
  await page.waitForTimeout(600)
}

async function shoot(url: string, seeded: Seeded): Promise<readonly string[]> {
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
          const address = places[place]?.(seeded) ?? '/'
          await page.evaluate((hash) => { location.hash = hash }, address)
          await settle(page)
          const file = path.join(values.out, `${place}-${theme}-${size.name}.png`)
          await page.screenshot({ path: file })
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
const folder = await mkdtemp(path.join(tmpdir(), 'lathe-screenshots-'))
const host = await startServer({ dataFolder: path.join(folder, 'home'), projectsFolder: path.join(folder, 'projects') })
try {
  const problems = await shoot(host.url, await seed(host, folder))
  for (const problem of new Set(problems)) console.error(problem)
  process.exitCode = problems.length > 0 ? 1 : 0
} finally {
  await host.close()
  await rm(folder, { recursive: true, force: true })
}
