// GroupNorm: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('group-norm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'group-norm', groups: 2 }, [6, 2, 2], { weights: 2 * 6, multiplyAdds: 24 })
})
