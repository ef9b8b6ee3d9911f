// Gelu: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('gelu'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'gelu' }, [2, 6, 4], { weights: 0, multiplyAdds: 0 })
})
