// Celu: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('celu'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'celu' }, [2, 6, 4], { weights: 0, multiplyAdds: 0 })
})
