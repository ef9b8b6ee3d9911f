// AdaptiveMaxPool3d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('adaptive-max-pool3d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'adaptive-max-pool3d', size: 2 }, [2, 6, 4, 4], { weights: 0, multiplyAdds: 0 })
})
