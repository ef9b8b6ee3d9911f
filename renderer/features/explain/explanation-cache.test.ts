// Tests of keeping explanations.
import { expect, test } from 'vitest'
import type { Explanation } from '../../../engine/contract/commands.ts'
import { ExplanationCache, type ExplanationKey } from './explanation-cache.ts'

const key = (sample: number, more: Partial<ExplanationKey> = {}): ExplanationKey => ({ run: 1, weights: 'a', sample, method: 'grad-cam', target: null, ...more })
const made = (method: string): Explanation => ({ id: null, kind: 'image', labels: null, method, target: { index: 0, class: 'a', probability: 1 }, height: 1, width: 1, map: new Float32Array(1), signed: false, completenessGap: null, trust: { verdict: 'pass', reasons: [] } })

test('another method, target or weights is another explanation', () => {
  const cache = new ExplanationCache()
  cache.set(key(1), made('grad-cam'))
  expect(cache.get(key(1))?.method).toBe('grad-cam')
  for (const other of [key(2), key(1, { target: 0 }), key(1, { method: 'saliency' }), key(1, { weights: 'b' })]) expect(cache.get(other)).toBeUndefined()
})

test('the least recently used goes first', () => {
  const cache = new ExplanationCache()
  for (let i = 0; i < 60; i++) cache.set(key(i), made(String(i)))
  cache.get(key(0))
  cache.set(key(60), made('60'))
  expect(cache.get(key(0))?.method).toBe('0')
  expect(cache.get(key(1))).toBeUndefined()
})
