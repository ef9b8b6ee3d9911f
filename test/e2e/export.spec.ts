// Export: one file, its parity certificate, what is inside it, how to run it.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from './fixtures.ts'
import { openPlace, trained } from './trained.ts'
import { accessible } from './workbench.ts'

test('a run is exported with a certificate that holds; the file is what the page says', async ({ page, host, folder }) => {
  const { project, run } = await trained(host, { epochs: 1 })
  await openPlace(page, host, 'export', project.path)
  const out = path.join(folder, 'projects', 'my digits.onnx')
  await page.getByLabel('File', { exact: true }).fill(out)
  await page.getByTestId('export').click()
  const certificate = page.getByTestId('certificate')
  await expect(certificate).toHaveAttribute('data-holds', 'true', { timeout: 30_000 })
  await expect(certificate).toContainText('in batches of 1, 2, 7')
  await expect(page.getByTestId('export-path')).toHaveText(out)
  const sha256 = createHash('sha256').update(await readFile(out)).digest('hex')
  await expect(certificate).toContainText(sha256)
  const [record] = host.services.results.exports({ project: project.path })
  expect(record?.parity.samples).toBeGreaterThanOrEqual(50)
  expect(record?.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)

  const inside = page.getByRole('region', { name: 'Inside the file' })
  await expect(inside.getByRole('row').filter({ hasText: 'uint8' })).toContainText('N')
  for (const name of ['task', 'classes']) await expect(inside.getByText(name, { exact: true }).first()).toBeVisible()
  await expect(page.getByTestId('snippet')).toContainText('InferenceSession("my digits.onnx")')
  await page.getByRole('button', { name: 'Node', exact: true }).click()
  await expect(page.getByTestId('snippet')).toContainText("from 'onnxruntime-node'")
  await accessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const saved = await (await download).path()
  expect(createHash('sha256').update(await readFile(saved)).digest('hex')).toBe(sha256)

  // A place that does not exist: said at the form, nothing lost.
  await page.getByLabel('File', { exact: true }).fill(path.join(folder, 'projects', 'nowhere', 'x.onnx'))
  await page.getByTestId('export').click()
  await expect(page.getByTestId('error')).toContainText('nowhere')
  await expect(page.getByTestId('export-path')).toHaveText(out)
  expect(host.services.results.exports({ project: project.path })).toHaveLength(1)
  await expect(page.getByRole('navigation', { name: 'Exports' })).toContainText(run.name)
})
