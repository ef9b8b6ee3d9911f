// UNet: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('u-net'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'u-net', filters: [2, 3] }, [1, 4, 4], { weights: (9 * 2 + 2) + (2 * 2 * 9 + 2) + (2 * 3 * 9 + 3) + (3 * 3 * 9 + 3) + (3 * 2 * 4 + 2) + (4 * 2 * 9 + 2) + (2 * 2 * 9 + 2), multiplyAdds: 16 * (9 * 2 + 2 * 2 * 9) + 4 * (2 * 3 * 9 + 3 * 3 * 9) + 4 * 3 * 2 * 4 + 16 * (4 * 2 * 9 + 2 * 2 * 9) })
})

test('sizes that cannot be halved often enough are refused', () => {
  expect(() => layer({ type: 'u-net', filters: [2, 3, 4] }).outputShape([1, 6, 8])).toThrow(/that 4 divides, it got 6×8/)
})
