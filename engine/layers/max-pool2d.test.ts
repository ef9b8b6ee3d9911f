// MaxPool2d: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('max-pool2d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'max-pool2d' }, [2, 6, 4], { weights: 0, multiplyAdds: 0 })
})

test('a window larger than the picture is refused', () => {
  expect(() => layer({ type: 'max-pool2d' }).outputShape([8, 1, 1])).toThrow(/window of 2 does not fit a side of 1/)
})
