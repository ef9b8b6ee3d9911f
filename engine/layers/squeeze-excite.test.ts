// SqueezeExcite: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('squeeze-excite'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'squeeze-excite', reduction: 4 }, [8, 5, 5], { weights: (8 * 2 + 2) + (2 * 8 + 8), multiplyAdds: 8 * 2 + 2 * 8 + 200 })
})
