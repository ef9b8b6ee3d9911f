// Every place of the window with something to see: a project of the digits sample with two trained runs, and the addresses.
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { RunningServer } from '../../main/server/server.ts'

export interface Seeded {
  readonly project: string
  readonly run: number
}
/** Address of each place, after `#`. */
type Address = (seeded: Seeded) => string
const at = (place: string, query: Readonly<Record<string, string>> = {}): Address => ({ project }) => `/p/${place}?${new URLSearchParams({ project, ...query }).toString()}`
const withRun = (place: string): Address => (seeded) => `${at(place)(seeded)}&run=${seeded.run}`
export const places: Readonly<Record<string, Address>> = {
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

/** A project from the sample with two finished runs, their evaluations, and an export into `folder`. */
export async function seed({ services }: RunningServer, folder: string, epochs: { readonly mlp: number; readonly cnn: number }): Promise<Seeded> {
  const { path: project } = await services.projects.fromSample({ id: 'digits', path: null, task: null })
  let best = 0
  for (const model of ['mlp', 'cnn'] as const) {
    const recipe = await services.runs.recipe({ project, model })
    const { id } = await services.runs.start({ project, config: { ...recipe, epochs: epochs[model] }, name: `${model}, ${epochs[model]} epochs` })
    const run = await services.runs.finished(project, id)
    if (run.status !== 'finished') throw new Error(`the run of ${model} is ${run.status}: ${JSON.stringify(run)}`)
    for (const split of ['val', 'test'] as const) await services.results.evaluate({ project, run: id, checkpoint: 'best', split })
    best = id
    if (model === 'cnn') await services.results.export({ project, run: id, checkpoint: 'best', out: path.join(folder, 'digits.onnx'), opset: 18, precision: 'fp32' })
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
  await page.evaluate(async () => { await Promise.all([...document.images].filter((image) => image.complete).map((image) => image.decode().catch(() => undefined))) })
  await page.waitForTimeout(600)
}

/** Goes to a place of the project in this page. */
export async function visit(page: Page, place: string, seeded: Seeded): Promise<void> {
  const address = places[place]
  if (!address) throw new RangeError(`there is no place '${place}'; there are ${Object.keys(places).join(', ')}`)
  await page.evaluate((hash) => { location.hash = hash }, address(seeded))
  await settle(page)
}
