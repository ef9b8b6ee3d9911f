// Prelu: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('prelu'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'prelu' }, [6, 4, 4], { weights: 6, multiplyAdds: 0 })
  expectCost({ type: 'prelu', shared: true }, [6, 4, 4], { weights: 1, multiplyAdds: 0 })
})
