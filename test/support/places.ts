// Every place of the window with something to see: the digits with two trained runs, and a project with a short run for every other task.
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { RunId } from '../../engine/contract/ids.ts'
import type { RunningServer } from '../../main/server/server.ts'

export interface Seeded {
  readonly project: string
  readonly run: RunId
}
interface Place {
  /** Whose project: `digits` or a key of `kinds`. */
  readonly seed: string
  /** Address after `#`. */
  readonly address: (seeded: Seeded) => string
  /** What is pressed before it is looked at. */
  readonly act?: (page: Page) => Promise<unknown>
}
/** Sample, task where the sample serves several, and the part of its usual epochs that is trained. */
interface Kind {
  readonly sample: string
  readonly task?: string
  readonly part: number
}
const kinds: Readonly<Record<string, Kind>> = {
  multilabel: { sample: 'shapes-multilabel', part: 0.2 },
  detection: { sample: 'shapes-detection', part: 0.25 },
  segmentation: { sample: 'shapes-segmentation', part: 0.2 },
  text: { sample: 'reviews', part: 0.3 },
  pair: { sample: 'entailment', part: 0.2 },
  tagging: { sample: 'entities', part: 0.3 },
  language: { sample: 'prose', part: 0.2 },
  translation: { sample: 'numbers', part: 0.2 },
  words: { sample: 'commands', part: 0.4 },
  speaker: { sample: 'speakers', part: 0.4 },
  speech: { sample: 'spoken-digits', part: 0.4 },
  series: { sample: 'gestures', part: 0.5 },
  forecast: { sample: 'sunspots', part: 0.5 },
  anomaly: { sample: 'sensors', part: 0.5 },
  table: { sample: 'breast-cancer', part: 0.2 },
  number: { sample: 'co2', task: 'tabular-regression', part: 0.2 },
  ratings: { sample: 'ratings', part: 0.5 },
}

const at = (place: string, query: Readonly<Record<string, string>> = {}) => ({ project }: Seeded): string => `/p/${place}?${new URLSearchParams({ project, ...query }).toString()}`
const withRun = (place: string, query: Readonly<Record<string, string>> = {}) => (seeded: Seeded): string => `${at(place, query)(seeded)}&run=${seeded.run}`
const digits = (address: Place['address'], act?: Place['act']): Place => ({ seed: 'digits', address, ...(act && { act }) })
const ofKind = (seed: string): Record<string, Place> => ({
  [`${seed}-data`]: { seed, address: withRun('data') },
  [`${seed}-label`]: { seed, address: at('label', { view: 'one' }) },
  [`${seed}-train`]: { seed, address: withRun('train') },
  [`${seed}-evaluate`]: { seed, address: withRun('evaluate') },
  [`${seed}-explain`]: { seed, address: withRun('explain', { split: 'test' }) },
})
export const places: Readonly<Record<string, Place>> = {
  start: digits(() => '/'),
  data: digits(at('data')),
  import: digits(at('data', { dialog: 'import' })),
  label: digits(at('label')),
  'label-one': digits(at('label', { view: 'one' })),
  model: digits(at('model')),
  train: digits(withRun('train')),
  runs: digits(withRun('runs')),
  evaluate: digits(withRun('evaluate')),
  explain: digits(withRun('explain')),
  export: digits(withRun('export')),
  settings: digits(at('settings')),
  experiment: digits(() => '/experiment', async (page) => {
    const run = page.getByRole('button', { name: 'Run the experiment' })
    if (await run.isVisible()) await run.click()
    await page.getByTestId('experiment-run').last().waitFor({ timeout: 300_000 })
  }),
  augment: digits(withRun('train'), async (page) => {
    const on = page.getByRole('switch', { name: 'Augmentation' })
    if (await on.getAttribute('aria-checked') !== 'true') await on.click()
    const results = page.getByRole('button', { name: 'Ten random results' })
    if (await results.getAttribute('aria-expanded') !== 'true') await results.click()
    await page.getByTestId('augmented').getByRole('listitem').nth(10).scrollIntoViewIfNeeded()
  }),
  vocabulary: { seed: 'text', address: withRun('runs'), act: async (page) => {
    const list = page.getByTestId('vocabulary')
    if (!(await list.isVisible())) await page.getByRole('button', { name: /tokens/ }).click()
    await list.scrollIntoViewIfNeeded()
  } },
  writing: { seed: 'language', address: withRun('evaluate'), act: async (page) => {
    await page.getByTestId('write-text').fill('Alice looked at the')
    await page.getByTestId('write-run').click()
    await page.getByTestId('written').waitFor({ timeout: 60_000 })
  } },
  ...Object.assign({}, ...Object.keys(kinds).map(ofKind)) as Record<string, Place>,
}

/** The places of these names, or of these first parts of names: `text` is `text-data`, `text-label` and so on. */
export function placesOf(names: readonly string[]): readonly string[] {
  const all = Object.keys(places)
  return [...new Set(names.flatMap((name) => {
    const found = all.includes(name) ? [name] : all.filter((place) => place.startsWith(`${name}-`))
    if (found.length === 0) throw new RangeError(`--only: there is no place '${name}'; there are ${all.join(', ')}`)
    return found
  }))]
}

/**
 * Projects for the given places, with finished runs and their evaluations; what `home` has from before is taken as it is.
 * @returns by the seed of the places.
 */
export async function seedFor(host: RunningServer, home: string, chosen: readonly string[], log: (line: string) => void = () => undefined): Promise<Readonly<Record<string, Seeded>>> {
  const file = path.join(home, 'seeded.json')
  const seeded = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) as Record<string, Seeded> : {}
  for (const name of new Set(chosen.map((place) => places[place]?.seed ?? ''))) {
    if (seeded[name]) continue
    const started = Date.now()
    const kind = kinds[name]
    seeded[name] = kind ? await seedKind(host, kind) : await seedDigits(host, path.join(home, 'projects'), { mlp: 5, cnn: 8 })
    await writeFile(file, JSON.stringify(seeded))
    log(`${name}: seeded in ${Math.round((Date.now() - started) / 1000)} s`)
  }
  return seeded
}

/** A project from the sample with two finished runs, their evaluations, and an export into `folder`. */
async function seedDigits(host: RunningServer, folder: string, epochs: { readonly mlp: number; readonly cnn: number }): Promise<Seeded> {
  const { path: project } = await host.services.projects.fromSample({ id: 'digits', path: null, task: null })
  await train(host, project, 'mlp', () => epochs.mlp)
  const run = await train(host, project, 'cnn', () => epochs.cnn)
  await host.services.results.export({ project, run, checkpoint: 'best', out: path.join(folder, 'digits.onnx'), opset: 18, precision: 'fp32' })
  return { project, run }
}

async function seedKind(host: RunningServer, { sample, task, part }: Kind): Promise<Seeded> {
  const { path: project } = await host.services.projects.fromSample({ id: sample, path: null, task: task ?? null })
  return { project, run: await train(host, project, null, (epochs) => Math.ceil(epochs * part)) }
}

async function train({ services }: RunningServer, project: string, model: string | null, epochs: (usual: number) => number): Promise<RunId> {
  const recipe = await services.runs.recipe({ project, model })
  const config = { ...recipe, epochs: epochs(recipe.epochs) }
  const { id } = await services.runs.start({ project, config, name: `${config.model}, ${config.epochs} epochs` })
  const run = await services.runs.finished(project, id)
  if (run.status !== 'finished') throw new Error(`the run of ${config.model} is ${run.status}: ${JSON.stringify(run)}`)
  for (const split of ['val', 'test'] as const) await services.results.evaluate({ project, run: id, checkpoint: 'best', split })
  return id
}

/** Waits until nothing loads and nothing moves. */
async function settle(page: Page): Promise<void> {
  // Lists and maps are asked for a moment after the place is there.
  await page.waitForTimeout(400)
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"], [data-testid="sample"][aria-label="loading"]'), null, { timeout: 120_000 })
  await page.evaluate(() => document.fonts.ready)
  // Thumbnails that can be seen have come.
  await page.waitForFunction(() => [...document.images].every((image) => {
    const { top, bottom } = image.getBoundingClientRect()
    return bottom < 0 || top > innerHeight || (image.complete && image.naturalWidth > 0)
  }), null, { timeout: 15_000 })
  await page.evaluate(async () => { await Promise.all([...document.images].filter((image) => image.complete).map((image) => image.decode().catch(() => undefined))) })
  await page.waitForTimeout(600)
}

/** Goes to a place in this page. */
export async function visit(page: Page, name: string, seeded: Readonly<Record<string, Seeded>>): Promise<void> {
  const place = places[name]
  const of = place && seeded[place.seed]
  if (!place || !of) throw new RangeError(`there is no place '${name}', or nothing is seeded for it`)
  await page.evaluate((hash) => { location.hash = hash }, place.address(of))
  await settle(page)
  await place.act?.(page)
  if (place.act) await settle(page)
}
