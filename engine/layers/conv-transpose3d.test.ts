// ConvTranspose3d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('conv-transpose3d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'conv-transpose3d', filters: 3, kernel: 2, stride: 2 }, [4, 5, 6, 7], { weights: 4 * 3 * 8 + 3, multiplyAdds: 5 * 6 * 7 * 4 * 3 * 8 })
})
