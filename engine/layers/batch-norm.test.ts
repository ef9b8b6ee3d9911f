// BatchNorm: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('batch-norm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'batch-norm' }, [16, 4, 4], { weights: 2 * 16, multiplyAdds: 16 * 16 })
})
