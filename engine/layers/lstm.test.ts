// LSTM: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('lstm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'lstm', units: 5 }, [4, 3], { weights: 4 * (3 * 5 + 5 * 5 + 5), multiplyAdds: 4 * 4 * (3 * 5 + 5 * 5) })
  expectCost({ type: 'lstm', units: 5, layers: 2, bidirectional: true }, [4, 3], { weights: 2 * 4 * (3 * 5 + 5 * 5 + 5) + 2 * 4 * (10 * 5 + 5 * 5 + 5), multiplyAdds: 4 * 2 * 4 * (3 * 5 + 5 * 5 + 10 * 5 + 5 * 5) })
})
