// RmsNorm: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('rms-norm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'rms-norm' }, [7, 5], { weights: 5, multiplyAdds: 35 })
})
