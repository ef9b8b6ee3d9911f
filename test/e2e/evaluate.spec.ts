// Evaluate: metrics with intervals, and numbers that open the samples behind them.
import { expect, test } from './fixtures.ts'
import { openPlace, trained } from './trained.ts'
import { accessible, sample } from './workbench.ts'

test('a run is evaluated; each number of the matrix and of the table opens the samples behind it, and the way back returns', async ({ page, host }) => {
  const { project, run } = await trained(host, { epochs: 1 }, 'mlp')
  await openPlace(page, host, 'evaluate', project.path)
  await expect(page.getByText('has not been evaluated on test')).toBeVisible()
  await page.getByTestId('evaluate').click()
  await expect(page.getByTestId('metric-accuracy')).toHaveText(/^\d+(\.\d)?\s% ± \d/, { timeout: 20_000 })
  const evaluation = host.services.results.latest({ project: project.path, run: run.id, split: 'test' })
  if (!evaluation) throw new Error('the evaluation was not kept')
  const wrong = evaluation.confusion.flatMap((row, label) => row.flatMap((count, predicted) => (label !== predicted && count > 0 ? [{ label, predicted, count }] : [])))
  expect(wrong.length, 'a short run makes some errors').toBeGreaterThan(0)

  // The matrix is the evaluation's, in counts and in shares.
  for (const [label, row] of evaluation.confusion.entries()) for (const [predicted, count] of row.entries()) if (count > 0) await expect(page.getByTestId(`cell-${label}-${predicted}`)).toHaveText(String(count))
  await page.getByRole('button', { name: '% of row' }).click()
  const { label, predicted, count } = wrong[0]!
  const total = evaluation.confusion[label]!.reduce((a, b) => a + b, 0)
  await expect(page.getByTestId(`cell-${label}-${predicted}`)).toHaveText(new RegExp(`^${((100 * count) / total).toFixed(0)}\\s%$`))
  await page.getByRole('button', { name: 'Counts' }).click()
  await accessible(page)

  await page.getByTestId(`cell-${label}-${predicted}`).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data')
  await expect(page.getByTestId('count')).toContainText(`${count} `)
  await expect(sample(page, 0)).toHaveAttribute('data-class', evaluation.classes[label]!.name)
  await expect(sample(page, count - 1)).toBeVisible()
  await expect(sample(page, count)).toHaveCount(0)
  await page.goBack()
  await expect(page.getByTestId(`cell-${label}-${predicted}`)).toBeVisible()

  // Recall opens what was missed; the errors lead to their explanation.
  const missed = evaluation.confusion[label]!.reduce((sum, n, j) => sum + (j === label ? 0 : n), 0)
  await page.getByTestId('classes').getByTitle(`Samples of ${evaluation.classes[label]!.name} that were not recognised`).click()
  await expect(page.getByTestId('count')).toContainText(`${missed} `)
  await page.goBack()
  const errors = wrong.reduce((sum, cell) => sum + cell.count, 0)
  await expect(page.getByTestId('all-errors')).toHaveText(`all ${errors} error${errors === 1 ? '' : 's'}`)
  await page.getByRole('region', { name: 'Errors, the highest loss first' }).getByRole('listitem').first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Explain')
  await expect(page.getByTestId('overlay')).toHaveAttribute('data-method', 'integrated-gradients', { timeout: 20_000 })

  await openPlace(page, host, 'evaluate', project.path, { split: 'val' })
  await expect(page.getByText('has not been evaluated on validation')).toBeVisible()
})

test('without a run it says what will stand here', async ({ page, host }) => {
  const project = await host.services.projects.fromSample({ id: 'digits', path: null, task: null })
  for (const place of ['evaluate', 'explain', 'export']) {
    await openPlace(page, host, place, project.path)
    await expect(page.getByText(/^Nothing to \w+ yet$/)).toBeVisible()
  }
})
