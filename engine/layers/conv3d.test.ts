// Conv3d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('conv3d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'conv3d', filters: 2, kernel: 3 }, [4, 5, 6, 7], { weights: 2 * 4 * 27 + 2, multiplyAdds: 5 * 6 * 7 * 2 * 4 * 27 })
})
