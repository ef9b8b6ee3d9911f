// ConvTranspose1d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('conv-transpose1d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'conv-transpose1d', filters: 3, kernel: 2, stride: 2 }, [4, 5], { weights: 4 * 3 * 2 + 3, multiplyAdds: 5 * 4 * 3 * 2 })
})
