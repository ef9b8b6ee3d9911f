// MaxPool3d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('max-pool3d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'max-pool3d' }, [2, 6, 4, 4], { weights: 0, multiplyAdds: 0 })
})
