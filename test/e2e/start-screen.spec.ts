// The start screen: samples, new, open, drop, recent projects, and every way in which opening fails.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { png } from '../support/images.ts'
import { expect, test } from './fixtures.ts'
import { accessible, digits, emptyProject } from './workbench.ts'

test('a sample becomes a project and is recent afterwards, with pictures', async ({ page }) => {
  const card = page.locator('[data-testid="sample-card"][data-id="digits"]')
  await expect(card).toContainText('1,797 samples')
  await expect(card).toContainText('to train')
  await expect(card).toHaveAttribute('title', /CC BY 4\.0/)
  // Each card shows some of its data, once it comes into view.
  const picture = card.getByTestId('sample-picture')
  await expect(picture).toHaveAttribute('aria-label', 'Handwritten digits: 8 of its pictures: 0, 1, 2, 3, 4, 5, 6, 7')
  await expect(picture.locator('canvas')).toHaveCount(8)
  expect(await picture.locator('canvas').first().evaluate((canvas: HTMLCanvasElement) => new Set(canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data).size)).toBeGreaterThan(5)
  const last = page.getByTestId('sample-picture').last()
  await expect(last).toHaveAttribute('data-made', 'waiting')
  await last.scrollIntoViewIfNeeded()
  await expect(last).toHaveAttribute('aria-label', /^Film ratings: stars of 16 people/)
  await accessible(page)
  await digits(page)
  await expect(page.getByTestId('next-step')).toContainText('enough to train')
  await page.getByRole('link', { name: 'Lathe' }).click()
  const recent = page.getByTestId('recent')
  await expect(recent).toHaveCount(1)
  await expect(recent.locator('img').first()).toHaveJSProperty('complete', true)
  await accessible(page)
  await recent.click()
  await expect(page.getByTestId('count')).toContainText('1,797 samples')
})

test('a missing project is marked and can be taken off the list', async ({ page, folder }) => {
  await emptyProject(page, 'Short lived')
  const file = path.join(folder, 'projects', 'Short lived.lathe')
  await page.getByRole('link', { name: 'Lathe' }).click()
  await expect(page.getByTestId('recent')).toHaveCount(1)
  await rm(file)
  await page.reload()
  await expect(page.getByText('missing', { exact: true })).toBeVisible()
  await expect(page.getByTestId('recent')).toBeDisabled()
  await page.getByRole('button', { name: 'Take Short lived off this list' }).click()
  await expect(page.getByText('No projects yet')).toBeVisible()
})

test('what cannot be opened says why, in the dialog, and can be copied', async ({ page, folder }) => {
  const projects = path.join(folder, 'projects')
  await mkdir(path.join(projects, 'folder.lathe'), { recursive: true })
  await writeFile(path.join(projects, 'text.lathe'), 'this is no database, however long it may be. '.repeat(40))
  await writeFile(path.join(projects, 'empty.lathe'), '')
  const cases = [['gone.lathe', 'not-found'], ['folder.lathe', 'not-a-project'], ['text.lathe', 'not-a-project'], ['empty.lathe', 'not-a-project'], ['/etc/passwd', 'forbidden']] as const
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const dialog = page.getByRole('dialog')
  for (const [name, kind] of cases) {
    await dialog.getByLabel('Project file').fill(path.resolve(projects, name))
    await dialog.getByRole('button', { name: 'Open' }).click()
    const error = dialog.getByTestId('error')
    await expect(error).toHaveAttribute('data-kind', kind)
    await expect(error).toContainText(path.basename(name))
  }
  await expect(dialog.getByRole('button', { name: 'Copy this error' })).toBeVisible()
})

test('an address that names a broken project says so and leads back', async ({ page, folder, host }) => {
  await writeFile(path.join(folder, 'projects', 'bad.lathe'), 'nothing of use')
  await page.goto(`${new URL(host.url).origin}/#/p/data?project=${encodeURIComponent(path.join(folder, 'projects', 'bad.lathe'))}`)
  await expect(page.getByTestId('error')).toContainText('bad.lathe')
  await page.getByRole('link', { name: 'Start screen' }).click()
  await expect(page.getByRole('heading', { name: 'Built-in samples' })).toBeVisible()
})

test('a taken name is refused where it was typed', async ({ page }) => {
  await emptyProject(page, 'Twice')
  await page.getByRole('link', { name: 'Lathe' }).click()
  await page.keyboard.press('n')
  await page.getByRole('dialog').getByLabel('Name').fill('Twice')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByTestId('error')).toHaveAttribute('data-kind', 'conflict')
})

test('a drop becomes a project: named by it, shown before anything is stored, then imported', async ({ page }) => {
  const pictures = [0, 1, 2].map((index) => Buffer.from(png(8, 8, index)).toString('base64'))
  await page.getByTestId('drop').evaluate((zone, list) => {
    const data = new DataTransfer()
    for (const [index, text] of list.entries()) data.items.add(new File([Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))], `picture ${index}.png`, { type: 'image/png' }))
    zone.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }))
  }, pictures)
  await expect(page.getByTestId('project-name')).toHaveText('New project')
  await expect(page.getByTestId('chosen')).toContainText('3 files')
  await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByTestId('report')).toContainText('3 stored')
  await page.getByRole('button', { name: 'Done' }).click()
  await expect(page.getByTestId('count')).toContainText('3 samples')
})
