// Embedding: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('embedding'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'embedding', count: 100, features: 8 }, [12], { weights: 800, multiplyAdds: 0 })
})
