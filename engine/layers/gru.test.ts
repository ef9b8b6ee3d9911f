// GRU: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('gru'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'gru', units: 5 }, [4, 3], { weights: 3 * (3 * 5 + 5 * 5 + 5) + 5, multiplyAdds: 4 * 3 * (3 * 5 + 5 * 5) })
})
