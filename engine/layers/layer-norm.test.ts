// LayerNorm: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('layer-norm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'layer-norm' }, [7, 5], { weights: 2 * 5, multiplyAdds: 35 })
  expectCost({ type: 'layer-norm', over: 'all' }, [2, 3, 4], { weights: 2 * 24, multiplyAdds: 24 })
})
