// Steps that specs share: projects from the window, the grid, the list of what axe finds.
import AxeBuilder from '@axe-core/playwright'
import { expect, type Locator, type Page } from '@playwright/test'

/** From the start screen: a project of the built-in digits, shown in Data. */
export async function digits(page: Page): Promise<void> {
  await page.locator('[data-testid="sample-card"][data-id="digits"]').click()
  await expect(page.getByTestId('count')).toContainText('1,797 samples', { timeout: 30_000 })
  await expect(sample(page, 0)).toBeVisible()
}

/** A new, empty project by the dialog, shown in Data. */
export async function emptyProject(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('No samples yet', { exact: true })).toBeVisible()
}

const GRID_CELL = '[data-testid="sample-grid"] [data-index]'
export const grid = (page: Page): Locator => page.getByTestId('sample-grid')
/** The sample at `index` of the list. */
export const sample = (page: Page, index: number): Locator => grid(page).locator(`[data-index="${index}"]`)

/** Goes to a place of the open project by the rail. */
export async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(place)
}

/** Rules that axe finds broken on the page as it stands, with the elements; of all rules, or only of those named. */
export async function broken(page: Page, rules?: string[]): Promise<readonly string[]> {
  // One frame only, and of the cells of a grid, which are all made alike, the first.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] }).exclude(`${GRID_CELL}:not([data-index="0"], [data-index="1"], [data-index="2"])`)
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze()
  return violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} (${node.failureSummary ?? ''})`))
}
/** Checks with axe: everything in the light theme, and in the dark one what differs there. */
export async function accessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${theme}\\b`))
    await page.waitForTimeout(100)
    expect(await broken(page, theme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined), `axe, ${theme}`).toEqual([])
  }
}
