// Numbers of passed and failed tests in the JSON reports of vitest and Playwright.
import { z } from 'zod'

export interface Counts {
  readonly passed: number
  readonly failed: number
}

const vitest = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numFailedTestSuites: z.int() })
const playwright = z.object({ stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }), errors: z.array(z.unknown()) })

/** A file that fails before its first test counts as one failure. */
export function countVitest(json: unknown): Counts {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = vitest.parse(json)
  return { passed: numPassedTests, failed: numFailedTests === 0 ? numFailedTestSuites : numFailedTests }
}

/** A test that passes only when tried again has not passed; an error outside of tests is a failure. */
export function countPlaywright(json: unknown): Counts {
  const { stats, errors } = playwright.parse(json)
  const failed = stats.unexpected + stats.flaky
  return { passed: stats.expected, failed: failed === 0 ? errors.length : failed }
}
