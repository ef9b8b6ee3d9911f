// MaxPool1d: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('max-pool1d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'max-pool1d' }, [2, 6], { weights: 0, multiplyAdds: 0 })
})
