// The last line of npm test counts what the reports say.
import { expect, test } from 'vitest'
import { countPlaywright, countVitest } from './counts.ts'

test('vitest: tests, and files that fail before their first test', () => {
  expect(countVitest({ numPassedTests: 12, numFailedTests: 0, numFailedTestSuites: 0, numTotalTests: 12 })).toEqual({ passed: 12, failed: 0 })
  expect(countVitest({ numPassedTests: 12, numFailedTests: 2, numFailedTestSuites: 1 })).toEqual({ passed: 12, failed: 2 })
  expect(countVitest({ numPassedTests: 12, numFailedTests: 0, numFailedTestSuites: 1 })).toEqual({ passed: 12, failed: 1 })
})

test('Playwright: flaky is failed, so is an error outside of tests', () => {
  expect(countPlaywright({ stats: { expected: 5, unexpected: 0, flaky: 0, skipped: 1 }, errors: [] })).toEqual({ passed: 5, failed: 0 })
  expect(countPlaywright({ stats: { expected: 5, unexpected: 1, flaky: 1 }, errors: [] })).toEqual({ passed: 5, failed: 2 })
  expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{ message: 'no chromium' }] })).toEqual({ passed: 0, failed: 1 })
})

test('a report of another form is refused', () => {
  expect(() => countVitest({})).toThrow()
  expect(() => countPlaywright({ stats: {} })).toThrow()
})
