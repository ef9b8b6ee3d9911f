// Transformer: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('transformer'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'transformer', heads: 2, hidden: 12, norm: 'last' }, [5, 6], { weights: 3 * 4 * (36 + 6) + 2 * ((6 * 12 + 12) + (12 * 6 + 6)) + 5 * 12, multiplyAdds: 3 * (4 * 5 * 36 + 2 * 25 * 6) + 2 * 2 * 5 * 72 + 5 * 30 })
})
