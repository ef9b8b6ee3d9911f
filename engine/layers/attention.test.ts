// Attention: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('attention'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'attention', heads: 2 }, [5, 6], { weights: 4 * (36 + 6), multiplyAdds: 4 * 5 * 36 + 2 * 25 * 6 })
})

test('heads must divide the features, and cross-attention needs a memory', () => {
  expect(() => layer({ type: 'attention', heads: 4 }).outputShape([5, 6])).toThrow(/4 heads do not divide 6 features/)
  expect(() => layer({ type: 'attention', heads: 2, rotary: true }).outputShape([5, 6])).toThrow(/even number of features a head, it is 3/)
})
