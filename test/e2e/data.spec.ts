// Data: import with its report, filters and the way back, splits, classes, removal.
import path from 'node:path'
import { png, writeFiles, writeImageFolder } from '../support/images.ts'
import { expect, test } from './fixtures.ts'
import { accessible, digits, emptyProject, grid, sample } from './workbench.ts'

const LONG = `${'very long name '.repeat(9)}end`
const SCRIPT = "<script>document.title='owned'<script>"

test('a folder with bad files: what is good is stored, what is bad is named with its reason, and all can be undone', async ({ page, folder }) => {
  const source = path.join(folder, 'projects', 'pictures')
  await writeFiles(source, {
    'cat/1.png': png(8, 8, 1),
    'cat/2.png': png(8, 8, 2),
    'cat/again.png': png(8, 8, 1),
    'dog/3.png': png(8, 8, 3),
    'dog/empty.png': '',
    'dog/torn.png': png(8, 8, 4).subarray(0, 40),
    'dog/words.png': 'these are words, not pixels',
  })
  await emptyProject(page, 'Pictures')
  await page.getByTestId('next-step').waitFor()
  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Or paths on this machine, one a line').fill(source)
  await accessible(page)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  const report = page.getByTestId('report')
  await expect(report).toContainText('7 read')
  await expect(report).toContainText('3 stored')
  await expect(report).toContainText('1 duplicates')
  await expect(report).toContainText('3 skipped')
  for (const name of ['empty.png', 'torn.png', 'words.png']) await expect(report.getByRole('row').filter({ hasText: name })).toHaveText(/\S+\.png.+\w/)
  await accessible(page)
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByTestId('count')).toContainText('3 samples')
  await expect(sample(page, 0)).toHaveAttribute('data-class', 'cat')

  await page.getByRole('button', { name: 'Past imports' }).click()
  await page.getByRole('button', { name: 'Undo import' }).click()
  await expect(page.getByText('Import undone: 3 samples removed').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('No samples yet', { exact: true })).toBeVisible()
})

test('a folder handed over by the browser keeps its subfolders as classes', async ({ page, folder }) => {
  const source = path.join(folder, 'chosen')
  await writeFiles(source, { 'ja/1.png': png(8, 8, 1), 'nein/2.png': png(8, 8, 2), 'nein/3.png': png(8, 8, 3) })
  await emptyProject(page, 'By browser')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await page.getByTestId('folder').setInputFiles(source)
  await expect(page.getByTestId('chosen')).toContainText('3 files')
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByTestId('report')).toContainText('3 with a label')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(sample(page, 2)).toHaveAttribute('data-class', 'nein')
})

test('filters live in the address: back, forward and the scroll return', async ({ page }) => {
  await digits(page)
  await page.getByLabel('Filters').getByRole('button', { name: '7' }).filter({ hasText: '179' }).click()
  await expect(page.getByTestId('count')).toContainText('179 of 1,797 samples')
  await expect(page).toHaveURL(/class=\d+/)
  await grid(page).evaluate((element) => { element.scrollTop = 900 })
  await expect.poll(() => grid(page).evaluate((element) => element.scrollTop)).toBe(900)
  await page.getByLabel('Filters').getByRole('button', { name: 'test', exact: false }).filter({ hasText: /^test/ }).click()
  await expect(page).toHaveURL(/split=test/)
  await expect(page.getByTestId('count')).not.toContainText('179 of')
  await page.goBack()
  await expect(page.getByTestId('count')).toContainText('179 of 1,797')
  await expect.poll(() => grid(page).evaluate((element) => element.scrollTop)).toBe(900)
  await page.goForward()
  await expect(page).toHaveURL(/split=test/)
  await page.getByRole('button', { name: 'Clear all filters' }).click()
  await expect(page.getByTestId('count')).toHaveText(/^\s*1,797 samples/)
  await page.getByLabel('Search samples by name').fill('0005')
  await expect(page.getByTestId('count')).toContainText('1 of 1,797')
  await page.getByLabel('Search samples by name').fill('no such name')
  await expect(page.getByText('No sample matches')).toBeVisible()
})

test('a sample in full, with pixels and history; removal can be undone', async ({ page }) => {
  await digits(page)
  await sample(page, 3).click()
  const inspector = page.getByLabel('Inspector', { exact: true })
  await expect(inspector.getByTestId('preview')).toHaveJSProperty('complete', true)
  await expect(inspector).toContainText('8 × 8 px')
  await expect(inspector.getByTestId('history')).toContainText('imported')
  await accessible(page)
  await sample(page, 5).click({ modifiers: ['Shift'] })
  await expect(page.getByTestId('count')).toContainText('3 selected')
  await page.keyboard.press('Delete')
  await expect(page.getByTestId('count')).toContainText('1,794 samples')
  await page.getByRole('button', { name: 'Undo', exact: true }).last().click()
  await expect(page.getByTestId('count')).toContainText('1,797 samples')
})

test('a split is made by seed and says whether it leaks', async ({ page }) => {
  await digits(page)
  await page.keyboard.press('s')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Share of train in percent').fill('70')
  await dialog.getByLabel('Share of train in percent').press('Tab')
  await expect(dialog.getByText('they add up to 90 %')).toBeVisible()
  await dialog.getByLabel('Share of test in percent').fill('20')
  await dialog.getByLabel('Share of test in percent').press('Tab')
  await dialog.getByRole('button', { name: 'Split', exact: true }).click()
  await expect(page.getByTestId('split-report')).toContainText(/1,2\d\d train · 1\d\d val · 3\d\d test/)
  await expect(page.getByTestId('split-report')).toContainText(/leak/)
  await accessible(page)
})

test('classes: script, Unicode and long names are text; add, rename, reorder, remove', async ({ page }) => {
  await emptyProject(page, 'Names')
  await page.keyboard.press('c')
  const dialog = page.getByRole('dialog')
  for (const name of [SCRIPT, 'größer 数字 🙂 שלום', LONG]) {
    await dialog.getByLabel('Name of a new class').fill(name)
    await dialog.getByRole('button', { name: 'Add' }).click()
    await expect(dialog.getByLabel('Name of a new class')).toHaveValue('')
  }
  await expect(dialog.getByLabel('Name of class 1')).toHaveValue(SCRIPT)
  await dialog.getByLabel('Name of a new class').fill(SCRIPT)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog.getByTestId('error')).toBeVisible()
  await dialog.getByRole('button', { name: `Move ${SCRIPT} down` }).click()
  await expect(dialog.getByLabel('Name of class 2')).toHaveValue(SCRIPT)
  await dialog.getByLabel('Name of class 1').fill('renamed')
  await dialog.getByLabel('Name of class 1').press('Enter')
  await dialog.getByRole('button', { name: `Remove class ${LONG}` }).click()
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await accessible(page)
  await page.keyboard.press('Escape')
  const filters = page.getByLabel('Filters')
  await expect(filters.getByText(SCRIPT)).toBeVisible()
  await expect(filters.getByText('renamed')).toBeVisible()
  await expect(page).toHaveTitle('Data · Lathe')
})

test('the palette finds commands, classes and samples', async ({ page }) => {
  await digits(page)
  const dialog = page.getByRole('dialog')
  const input = dialog.getByPlaceholder('Command, run, class or sample')
  await page.keyboard.press('Control+k')
  await expect(input).toBeFocused()
  await page.keyboard.type('0042')
  await dialog.getByText('0042').first().click()
  await expect(page).toHaveURL(/sample=\d+/)
  await expect(page.getByLabel('Inspector', { exact: true })).toContainText('0042')
  await page.keyboard.press('Control+k')
  await expect(input).toBeFocused()
  await page.keyboard.type('Go to Label')
  await expect(dialog.getByRole('option').first()).toContainText('Go to Label')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/p\/label/)
})

test('an import is cancelled from the bottom bar and leaves nothing', async ({ page, folder }) => {
  const source = path.join(folder, 'projects', 'many')
  await writeImageFolder(source, 3_000)
  await emptyProject(page, 'Cancelled')
  await page.keyboard.press('i')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Or paths on this machine, one a line').fill(source)
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByTestId('job')).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel the import' }).click()
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeVisible()
  await expect(page.getByTestId('job')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByText('No samples yet', { exact: true })).toBeVisible()
})

test('what a run got wrong is a filter, each sample with its prediction', async ({ page, host }) => {
  await digits(page)
  const project = new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get('project') ?? ''
  const recipe = await host.services.runs.recipe({ project, model: 'mlp' })
  const run = await host.services.runs.start({ project, config: { ...recipe, epochs: 1 } })
  await expect.poll(() => host.services.runs.get({ project, run: run.id }).status, { timeout: 60_000 }).toBe('finished')
  const { confusion } = await host.services.results.evaluate({ project, run: run.id, split: 'test', checkpoint: 'best' })
  await page.getByLabel('Run whose predictions are shown').click()
  await page.getByRole('option', { name: run.name }).click()
  await expect(page).toHaveURL(/run=\d+/)
  await page.getByLabel('Filters').getByRole('button', { name: 'wrong' }).click()
  const wrong = confusion.flatMap((row, label) => row.filter((_, predicted) => predicted !== label)).reduce((sum, number) => sum + number, 0)
  expect(wrong).toBeGreaterThan(0)
  await expect(page.getByTestId('count')).toContainText(`${wrong} of 1,797 samples`)
  await expect(sample(page, 0)).toHaveAttribute('aria-label', /: (\d) → (?!\1)\d, predicted at \d+/)
  await page.getByLabel('Order', { exact: false }).first().click()
  await page.getByRole('option', { name: 'by loss' }).click()
  await expect(page).toHaveURL(/order=loss/)
  await accessible(page)
})
