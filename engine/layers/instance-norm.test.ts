// InstanceNorm: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('instance-norm'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'instance-norm' }, [6, 2, 2], { weights: 2 * 6, multiplyAdds: 24 })
  expectCost({ type: 'instance-norm', affine: false }, [6, 2, 2], { weights: 0, multiplyAdds: 24 })
})
