// Residual: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('residual'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'residual', layers: [{ type: 'conv2d', filters: 4, kernel: 3 }], shortcut: [{ type: 'conv2d', filters: 4, kernel: 1 }] }, [2, 5, 5], { weights: (4 * 2 * 9 + 4) + (4 * 2 + 4), multiplyAdds: 25 * 4 * 2 * 9 + 25 * 4 * 2 })
})

test('a branch that changes the shape needs a shortcut that does', () => {
  expect(() => layer({ type: 'residual', layers: [{ type: 'conv2d', filters: 4, kernel: 3 }] }).outputShape([2, 5, 5])).toThrow(/make \[4, 5, 5\], the way around them \[2, 5, 5\].*1×1/)
  expect(() => layer({ type: 'residual', layers: [{ type: 'magic' }] }).outputShape([2, 5, 5])).toThrow(/no layer 'magic'/)
})
