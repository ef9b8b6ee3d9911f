// DepthwiseConv2d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('depthwise-conv2d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'depthwise-conv2d', kernel: 3, multiplier: 2 }, [5, 8, 8], { weights: 10 * 9 + 10, multiplyAdds: 8 * 8 * 10 * 9 })
})
