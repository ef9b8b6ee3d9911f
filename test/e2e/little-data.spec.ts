// Little data: suggestions of a run accepted and rejected, a run that begins from another with frozen layers and learns from suggestions, ensembles.
import type { RunRecord } from '../../db/contract/records.ts'
import { runId } from '../../engine/contract/ids.ts'
import { expect, test } from './fixtures.ts'
import { digitsProject, openPlace, train } from './trained.ts'
import { accessible, go, sample } from './workbench.ts'

test('a run suggests labels; the next begins from it, part frozen, and learns from them too; runs answer together', async ({ page, host }) => {
  // Four trainings, beside those of another worker.
  test.slow()
  const { services } = host
  const { path: project } = await digitsProject(host)
  // Fewer suggestions than come at once would not show whether those out of view count.
  const bare = services.samples.ids({ project, filter: {}, order: 'id', descending: false }).slice(600).map((id) => services.samples.get({ project, id: id as never }).id)
  services.labels.assign({ project, samples: bare, class: null })
  const first = await train(host, project, { epochs: 4 }, 'mlp')
  /** Presses Start, and waits until the new run has ended. */
  const started = async (): Promise<RunRecord> => {
    const id = runId.parse(services.runs.list({ project }).length + 1)
    await page.getByTestId('start').click()
    await expect(page).toHaveURL(new RegExp(`[?&]run=${id}\\b`))
    return await services.runs.finished(project, id)
  }

  await test.step('suggest, reject all, take back, accept all, undo', async () => {
    await openPlace(page, host, 'label', project)
    const show = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} ?[\\d,]+$`) })
    await expect(show('not labelled')).toHaveText(/1,197$/)
    await page.getByLabel('Suggest from probability').fill('0.6')
    await page.getByRole('button', { name: 'Suggest', exact: true }).click()
    await expect(show('suggested')).toHaveAttribute('aria-pressed', 'true')
    const { length: most } = services.active.suggestions({ project })
    expect(most).toBeGreaterThan(200)
    const all = most.toLocaleString('en-GB')
    await expect(page.getByTestId('count')).toContainText(`${all} samples`)
    await expect(sample(page, 0).getByTestId('suggestion')).toHaveText(/^\d\?$/)
    await page.getByRole('button', { name: `Reject ${all}`, exact: true }).click()
    await expect(show('suggested')).toHaveText(/ ?0$/)
    await page.getByRole('button', { name: `Take back ${all} rejected` }).click()
    await page.getByRole('button', { name: `Accept ${all}`, exact: true }).click()
    await expect(page.getByTestId('progress')).toContainText(`${(600 + most).toLocaleString('en-GB')} of 1,797`)
    await page.keyboard.press('Control+z')
    await expect(page.getByTestId('progress')).toContainText('600 of 1,797')
    // One by one: the first is taken over, and the next without a label is shown.
    await page.keyboard.press('v')
    await expect(page.getByText(/ suggested at \d+(\.\d)?\s%; Space accepts$/)).toBeVisible()
    await page.keyboard.press('Space')
    await expect(page.getByTestId('progress')).toContainText('601 of 1,797')
    await accessible(page)
    await page.keyboard.press('Control+z')
    await expect(page.getByTestId('progress')).toContainText('600 of 1,797')
  })

  await test.step('begin from the run, all but the head frozen, and learn from suggestions', async () => {
    await go(page, 'Model')
    await page.getByRole('radio', { name: /^MLP/ }).check()
    const pick = async (field: string, option: string | RegExp): Promise<void> => {
      await page.getByLabel(field, { exact: true }).click()
      await page.getByRole('option', { name: option }).click()
    }
    await pick('Weights to begin from', first.name)
    await pick('Layers to freeze', 'all but the head')
    await expect(page.getByTestId('frozen')).toHaveText('98,688 of 99,978 parameters stand still.')
    await expect(page.getByTestId('layers').getByRole('row', { name: /^dense1/ })).toContainText('frozen')
    await expect(page.getByTestId('layers').getByRole('row', { name: /^head/ })).not.toContainText('frozen')
    const pseudo = page.getByTestId('pseudo-labels')
    await pseudo.getByRole('switch').click()
    await pseudo.getByRole('textbox').fill('0.9')
    const sure = services.active.suggestions({ project }).filter(({ probability, split }) => probability >= 0.9 && (split ?? 'train') === 'train').length
    await expect(page.getByTestId('pseudo-count')).toContainText(`${sure} suggestions of ${first.name} are that sure`)
    await go(page, 'Train')
    await page.getByLabel('Epochs', { exact: true }).fill('1')
    const run = await started()
    expect(run.config).toMatchObject({ freeze: '^(?!head)', pseudo: 0.9, epochs: 1 })
    expect(run.pseudo).toBe(sure)
    await page.getByText('Details: weights hash').click()
    await expect(page.getByRole('main')).toContainText(`${sure} suggestions as if they were labels`)
  })

  await test.step('an ensemble of snapshots, and one of runs', async () => {
    await go(page, 'Model')
    await page.getByLabel('Weights to begin from', { exact: true }).click()
    await page.getByRole('option', { name: 'random weights' }).click()
    await page.getByLabel('Layers to freeze', { exact: true }).click()
    await page.getByRole('option', { name: 'none' }).click()
    const ensemble = page.getByTestId('against-ensemble')
    await ensemble.getByRole('switch').click()
    await ensemble.getByRole('textbox').fill('2')
    await ensemble.getByRole('combobox').click()
    await page.getByRole('option', { name: 'snapshots of one training' }).click()
    await expect(page.getByTestId('against-earlyStopping')).toContainText('Snapshots are taken to the last epoch.')
    await go(page, 'Train')
    await page.getByLabel('Epochs', { exact: true }).fill('2')
    await started()
    await page.getByText('Details: weights hash').click()
    await expect(page.getByTestId('members')).toHaveText(/, snapshot 1 · .+, snapshot 2$/)

    // Both were trained on the same labels, and an ensemble is no member of another.
    await openPlace(page, host, 'runs', project)
    await page.getByRole('checkbox', { name: /^Compare ensemble 3, / }).click()
    await page.getByTestId('combine-runs').click()
    await expect(page.getByRole('region', { name: 'Combine runs as an ensemble' })).toContainText(/Left out, .+: ensemble 3\./)
    await page.getByTestId('combine').click()
    await expect(page.getByTestId('members')).toHaveText('mlp 2 · mlp 1')
    await expect(page.getByRole('complementary').getByTestId('run-state')).toHaveAttribute('data-status', 'finished')
  })
})
