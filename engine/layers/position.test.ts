// Position: against PyTorch, and what it costs.
import { test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'

test('shapes, values and gradients', () => checkLayer('position'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'position' }, [5, 6], { weights: 0, multiplyAdds: 0 })
  expectCost({ type: 'position', kind: 'learned' }, [5, 6], { weights: 30, multiplyAdds: 0 })
})
