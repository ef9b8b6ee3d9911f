// Tests of what can be done with a run.
import { expect, test } from 'vitest'
import { actionsOf } from './run-actions.ts'

test('a crashed or failed run can be resumed, a running one cannot be extended', () => {
  expect(actionsOf('crashed')).toContain('resume')
  expect(actionsOf('failed')).toContain('resume')
  expect(actionsOf('running')).toEqual(['pause', 'stop'])
  expect(actionsOf('finished')).toEqual(['extend'])
})
