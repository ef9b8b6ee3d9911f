// AppError: whatever is thrown becomes a kind and a sentence.
import { expect, test } from 'vitest'
import { AppError, asAppError, errorText } from './errors.ts'

test('known and unknown failures', () => {
  const own = new AppError('data', 'no labels')
  expect(asAppError(own)).toBe(own)
  expect(asAppError(new DOMException('stopped', 'AbortError')).kind).toBe('cancelled')
  expect(asAppError(Object.assign(new Error('x'), { data: { kind: 'corrupt', message: 'bad file', details: { page: 3 } } }))).toMatchObject({ kind: 'corrupt', details: { page: 3 } })
  expect(asAppError(Object.assign(new Error('x'), { data: { kind: 'made up', message: 'm' } })).kind).toBe('internal')
  expect(asAppError('text').message).toBe('text')
  expect(asAppError({ kind: 'diverged', message: 'lower it', details: { step: 3 } })).toMatchObject({ kind: 'diverged', message: 'lower it', details: { step: 3 } })
})
test('wrong input names its field', () => {
  const error = Object.assign(new Error('Input validation failed'), { code: 'BAD_REQUEST', data: { issues: [{ path: ['config', 'lr'], message: 'Too small' }] } })
  expect(asAppError(error)).toMatchObject({ kind: 'usage', message: 'config.lr: Too small' })
})
test('as it is copied', () => {
  expect(errorText(new AppError('data', 'no labels'))).toBe('data: no labels')
  expect(errorText(new AppError('data', 'no labels', { class: 'x' }))).toContain('"class": "x"')
})
