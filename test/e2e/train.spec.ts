// Train and Runs: the recipe, a live run that is paused, resumed, stopped and extended, a crash, the comparison.
import type { Locator, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { digitsProject, openPlace, train, trained } from './trained.ts'
import { accessible, emptyProject, go } from './workbench.ts'

const chart = (page: Page, name: string): Locator => page.getByTestId(name).locator('[aria-roledescription="chart"]')
const lastStep = async (page: Page): Promise<number> => Number(await chart(page, 'chart-loss').getAttribute('data-last-step'))
const state = (page: Page): Locator => page.getByRole('main').getByTestId('run-state').first()
/** Long enough that a test can act on the run while it trains. */
const LONG = '500'

async function startLong(page: Page): Promise<void> {
  await page.getByLabel('Epochs', { exact: true }).fill(LONG)
  await page.getByTestId('start').click()
  await expect(state(page)).toHaveAttribute('data-status', 'running', { timeout: 20_000 })
  await expect.poll(() => lastStep(page), { timeout: 20_000 }).toBeGreaterThan(0)
}

test('a run is watched live with the zoom kept, paused, resumed, stopped and extended', async ({ page, host }) => {
  const project = await digitsProject(host)
  await openPlace(page, host, 'train', project.path)
  await startLong(page)
  await expect(page.getByTestId('fact-eta')).toHaveText(/\d\d:\d\d/)
  await expect(page.getByTestId('fact-throughput')).toHaveText(/\d/)

  // Shown within a second of being told.
  const delays: number[] = []
  for (let i = 0; i < 3; i++) {
    const told = Promise.withResolvers<number>()
    const unsubscribe = host.services.events.subscribe((event) => { if (event.type === 'train' && event.event.type === 'metrics') told.resolve(Math.max(...event.event.points.map((point) => point.step))) })
    const step = await told.promise
    const at = performance.now()
    unsubscribe()
    await expect.poll(() => lastStep(page), { intervals: [20] }).toBeGreaterThanOrEqual(step)
    delays.push(performance.now() - at)
  }
  expect(Math.min(...delays)).toBeLessThan(1000)

  // Zoom by drag stays while curves grow, on both charts; a double click resets it.
  await expect.poll(() => lastStep(page), { timeout: 20_000 }).toBeGreaterThan(80)
  const box = await chart(page, 'chart-loss').boundingBox()
  if (!box) throw new Error('the chart is not there')
  await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 4 })
  await page.mouse.up()
  const zoom = await chart(page, 'chart-loss').getAttribute('data-zoom')
  expect(zoom).toMatch(/^[\d.]+ [\d.]+$/)
  await expect(chart(page, 'chart-accuracy')).toHaveAttribute('data-zoom', zoom ?? '')
  const before = await lastStep(page)
  await expect.poll(() => lastStep(page)).toBeGreaterThan(before + 40)
  await expect(chart(page, 'chart-loss')).toHaveAttribute('data-zoom', zoom ?? '')
  await chart(page, 'chart-loss').dblclick()
  await expect(chart(page, 'chart-loss')).toHaveAttribute('data-zoom', '')

  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(state(page)).toHaveAttribute('data-status', 'paused')
  const paused = await lastStep(page)
  await page.getByRole('main').getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(state(page)).toHaveAttribute('data-status', 'running')
  await expect.poll(() => lastStep(page), { timeout: 20_000 }).toBeGreaterThan(paused)

  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(state(page)).toHaveAttribute('data-status', 'stopped')
  await page.getByText('Details: weights hash').click()
  await expect(page.getByTestId('weights-hash')).toHaveText(/^[0-9a-f]{64}$/)
  await expect(page.getByTestId('checkpoint').filter({ hasText: 'last' })).toBeVisible()
})

test('a finished run goes on for more epochs; a chart is read as a table and by keys', async ({ page, host }) => {
  const { project, run } = await trained(host, { epochs: 2 }, 'mlp')
  await openPlace(page, host, 'train', project.path, { run: String(run.id) })
  await expect(page.getByTestId('fact-epoch')).toHaveText('2 / 2')
  await page.getByLabel('Epochs to add').fill('1')
  await page.getByRole('button', { name: 'Extend by' }).click()
  await expect(page.getByTestId('fact-epoch')).toHaveText('3 / 3', { timeout: 20_000 })
  await expect(state(page)).toHaveAttribute('data-status', 'finished')

  await chart(page, 'chart-loss').focus()
  await page.keyboard.press('+')
  await expect(chart(page, 'chart-loss')).not.toHaveAttribute('data-zoom', '')
  await page.keyboard.press('0')
  await expect(chart(page, 'chart-loss')).toHaveAttribute('data-zoom', '')
  await page.getByRole('button', { name: 'Menu of Loss' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Save values as CSV' }).click()
  expect((await download).suggestedFilename()).toBe('loss.csv')
  await page.getByRole('button', { name: 'Menu of Loss' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Values as a table' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('region', { name: 'Values of Loss' }).getByRole('row').filter({ hasText: 'validation' })).toHaveCount(3)
  await page.getByRole('button', { name: 'More charts' }).click()
  await accessible(page)
})

test('a killed engine marks the run crashed; the window lives on and the run resumes', async ({ page, host }) => {
  const project = await digitsProject(host)
  await openPlace(page, host, 'train', project.path)
  await startLong(page)
  await expect.poll(() => host.services.runs.checkpoints({ project: project.path, run: host.services.runs.list({ project: project.path })[0]!.id }).length, { timeout: 20_000 }).toBeGreaterThan(0)
  const { pid } = host.services.engine.status
  if (pid === null) throw new Error('the engine has no process')
  process.kill(pid, 'SIGKILL')
  await expect(state(page)).toHaveAttribute('data-status', 'crashed')
  await expect(page.getByTestId('error')).toContainText(/crashed.+engine/)
  const kept = await lastStep(page)
  expect(kept).toBeGreaterThan(0)

  await go(page, 'Data')
  await expect(page.getByTestId('count')).toContainText('1,797 samples')
  await go(page, 'Train')
  await page.getByRole('main').getByRole('button', { name: 'Resume', exact: true }).click()
  await expect(state(page)).toHaveAttribute('data-status', 'running', { timeout: 20_000 })
  await expect(page.getByTestId('error')).toBeHidden()
  await expect.poll(() => lastStep(page), { timeout: 20_000 }).toBeGreaterThan(kept)
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(state(page)).toHaveAttribute('data-status', 'stopped')
})

test('a diverging run says so in words and what to do', async ({ page, host }) => {
  const project = await digitsProject(host)
  await openPlace(page, host, 'train', project.path)
  await page.getByLabel('Learning rate', { exact: true }).fill('1e6')
  await page.getByLabel('Optimizer', { exact: true }).click()
  await page.getByRole('option', { name: /^SGD/ }).first().click()
  await page.getByTestId('start').click()
  await expect(state(page)).toHaveAttribute('data-status', 'failed', { timeout: 20_000 })
  await expect(page.getByTestId('error')).toContainText(/diverged at step \d+/)
  await expect(page.getByTestId('error')).toContainText('Lower the learning rate')
})

test('the recipe is checked at its fields, kept when the page is left, and can be reset; what the data lack is said', async ({ page, host }) => {
  await emptyProject(page, 'Empty')
  await go(page, 'Train')
  await expect(page.getByTestId('problem')).toContainText('no samples yet')
  await expect(page.getByTestId('start')).toBeDisabled()

  const project = await digitsProject(host)
  await openPlace(page, host, 'train', project.path)
  const batch = page.getByLabel('Batch', { exact: true })
  const asked = await batch.inputValue()
  await batch.fill('0')
  await expect(page.getByText('at least 1', { exact: true })).toBeVisible()
  await expect(batch).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByTestId('start')).toBeDisabled()
  await batch.fill('48')
  await expect(page.getByTestId('start')).toBeEnabled()

  // What augmentation makes of a sample is seen at once, and again when an amount changes.
  const results = page.getByTestId('augmented').getByRole('listitem')
  const ink = (): Promise<string> => results.nth(1).locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.join() ?? '')
  await page.getByRole('button', { name: 'Ten random results' }).click()
  await expect(results).toHaveCount(11)
  const before = await ink()
  await page.getByLabel('Noise, share of white').fill('0.5')
  await expect.poll(ink).not.toBe(before)
  await page.getByLabel('Noise, share of white').fill('0')

  await go(page, 'Model')
  const parameters = page.getByTestId('fact-parameters')
  await expect(parameters).toHaveText(/^[\d,]+$/)
  const cnn = await parameters.innerText()
  await page.getByRole('radio', { name: /^MLP/ }).check()
  await expect(parameters).not.toHaveText(cnn)
  await page.getByLabel('Hidden', { exact: true }).fill('32')
  // 16 × 16 inputs, 32 units, 10 classes, with their biases.
  await expect(parameters).toHaveText(String(16 * 16 * 32 + 32 + 32 * 10 + 10).replace(/(?=\d{3}$)/, ','))
  await accessible(page)

  await go(page, 'Train')
  await expect(batch).toHaveValue('48')
  await page.getByRole('button', { name: 'Reset to recipe' }).click()
  await expect(batch).toHaveValue(asked)
})

test('runs are compared, renamed and removed for good', async ({ page, host }) => {
  const project = await digitsProject(host)
  const first = await train(host, project.path, { epochs: 2 }, 'mlp')
  const second = await train(host, project.path, { epochs: 2, seed: 2 }, 'mlp')
  await openPlace(page, host, 'runs', project.path)
  await expect(page.getByTestId('runs').getByRole('row')).toHaveCount(3)
  await expect(chart(page, 'compare-loss')).toHaveAttribute('aria-label', new RegExp(`${first.name}.+${second.name}|${second.name}.+${first.name}`))
  await page.getByRole('checkbox', { name: `Compare ${first.name}` }).click()
  await expect(chart(page, 'compare-loss')).not.toHaveAttribute('aria-label', new RegExp(first.name))
  await page.getByLabel('Filter runs').fill(`^${first.name}$`)
  await expect(page.getByTestId('runs').getByRole('row')).toHaveCount(2)

  await page.getByTestId(`run-${first.id}`).getByRole('button', { name: first.name }).click()
  await expect(page.getByTestId('weights-hash')).toHaveText(first.weightsHash ?? 'none')
  await accessible(page)
  await page.getByLabel('Filter runs').fill('')
  const name = page.getByLabel('Name of the run')
  await name.fill('Baseline')
  await name.press('Enter')
  await expect(page.getByTestId(`run-${first.id}`)).toContainText('Baseline')
  await page.getByRole('button', { name: 'Remove Baseline' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).click()
  await expect(page.getByTestId('runs').getByRole('row')).toHaveCount(2)
  expect(host.services.runs.list({ project: project.path }).map((run) => run.id)).toEqual([second.id])
})
