// SeparableConv2d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('separable-conv2d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'separable-conv2d', filters: 6, kernel: 3 }, [5, 8, 8], { weights: 5 * 9 + 5 * 6 + 6, multiplyAdds: 8 * 8 * (5 * 9 + 5 * 6) })
})
