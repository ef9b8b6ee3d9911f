// The door of the Node host as a browser meets it: its policy, its token, its first paint.
import { expect, test } from './fixtures.ts'

test('the page runs under a policy without unsafe scripts, and its address keeps no token', async ({ page, host }) => {
  await expect(page.getByTestId('sample-card').first()).toBeVisible()
  await page.goto(host.url)
  await expect(page.getByTestId('sample-card').first()).toBeVisible()
  const response = await page.request.get(new URL('/', host.url).href)
  const policy = response.headers()['content-security-policy'] ?? ''
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'")
  expect(policy).toMatch(/connect-src 'self'/)
})

test('without the token there is nothing', async ({ host, browser }) => {
  const stranger = await browser.newContext()
  const address = new URL('/', host.url).href
  for (const tried of [address, `${address}?token=wrong`, `${address}media/thumb?project=x&id=1`]) expect((await stranger.request.get(tried)).status(), tried).toBeGreaterThanOrEqual(401)
  await stranger.close()
})

test('first paint within two seconds', async ({ page }) => {
  await expect(page.locator('#app > *').first()).toBeVisible()
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity)
  // The machine of a test may be busy with others; the bound is loose for that.
  test.info().annotations.push({ type: 'first contentful paint', description: `${Math.round(paint)} ms` })
  expect(paint).toBeLessThan(2000)
})
