// Explain: maps of integrated gradients and Grad-CAM over a sample, with their trust; keys.
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { openPlace, trained } from './trained.ts'
import { accessible } from './workbench.ts'

/** Number of different colours of the heat map. */
const colours = (page: Page): Promise<number> => page.getByTestId('heat').evaluate((canvas: HTMLCanvasElement) => {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? new Uint8ClampedArray()
  return new Set(Array.from({ length: pixels.length / 4 }, (_, i) => pixels.slice(i * 4, i * 4 + 3).join())).size
})
const method = (page: Page, name: string): Promise<void> => expect(page.getByTestId('overlay')).toHaveAttribute('data-method', name, { timeout: 20_000 })

test('integrated gradients with its gap, Grad-CAM, another class, opacity and the next sample, all by keys', async ({ page, host }) => {
  const { project, run } = await trained(host, { epochs: 2 })
  await openPlace(page, host, 'explain', project.path, { split: 'test' })
  await method(page, 'integrated-gradients')
  await expect(page.getByTestId('gap')).toHaveText(/^\d+(\.\d+)?\s%$/)
  await expect(page.getByTestId('trust')).toHaveAttribute('data-verdict', /pass|warn|fail/)
  expect(await colours(page)).toBeGreaterThan(20)
  await expect(page.getByTestId('heat')).toHaveAttribute('aria-label', /strongest at row \d+, column \d+/)
  await accessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save as PNG' }).click()
  expect((await download).suggestedFilename()).toMatch(/integrated-gradients-.+\.png$/)

  await page.keyboard.press('m')
  await method(page, 'grad-cam')
  await expect(page.getByTestId('gap')).toBeHidden()
  expect(await colours(page)).toBeGreaterThan(10)
  await expect(page).toHaveURL(/method=grad-cam/)

  const heat = page.getByTestId('heat')
  const before = Number(await heat.evaluate((element) => element.style.opacity))
  await page.keyboard.press('[')
  await expect.poll(() => heat.evaluate((element) => Number(element.style.opacity))).toBeCloseTo(before - 0.1, 5)
  await page.keyboard.press(']')
  await expect.poll(() => heat.evaluate((element) => Number(element.style.opacity))).toBeCloseTo(before, 5)

  // The probabilities are those of all classes; another one can be explained.
  await expect(page.getByTestId('target-9')).toBeVisible()
  const other = page.getByTestId('target-4')
  await other.click()
  await expect(other).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('overlay')).toContainText('why “4”', { timeout: 20_000 })

  const first = await page.getByTestId('heat').getAttribute('aria-label')
  await page.locator('body').press('ArrowRight')
  await expect(page.getByText(/^2 \/ \d+$/)).toBeVisible()
  await expect(page.getByTestId('heat')).not.toHaveAttribute('aria-label', first ?? '', { timeout: 20_000 })
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText(/^1 \/ \d+$/)).toBeVisible()

  // A filter of wrong predictions needs an evaluation, and says so.
  await page.keyboard.press('w')
  await expect(page.getByText('not evaluated yet')).toBeVisible()
  await host.services.results.evaluate({ project: project.path, run: run.id, checkpoint: 'best', split: 'test' })
  const { total } = host.services.samples.list({ project: project.path, filter: { run: run.id, wrong: true, split: 'test' }, order: 'loss', descending: true, offset: 0, limit: 1 })
  await page.keyboard.press('w')
  await page.keyboard.press('w')
  await expect(page.getByText(new RegExp(`^${total} samples?`))).toBeVisible()
})

test('a method that does not fit the model says so and what to do', async ({ page, host }) => {
  const { project } = await trained(host, { epochs: 1 }, 'mlp')
  await openPlace(page, host, 'explain', project.path, { method: 'grad-cam' })
  await expect(page.getByTestId('error')).toContainText(/convolution/i, { timeout: 20_000 })
})
