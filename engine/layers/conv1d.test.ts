// Conv1d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('conv1d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'conv1d', filters: 4, kernel: 3, stride: 2 }, [3, 9], { weights: 4 * 3 * 3 + 4, multiplyAdds: 5 * 4 * 3 * 3 })
})
