// Dense: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('dense'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'dense', units: 10 }, [64], { weights: 64 * 10 + 10, multiplyAdds: 64 * 10 })
  expectCost({ type: 'dense', units: 3, bias: false }, [7, 5], { weights: 5 * 3, multiplyAdds: 7 * 5 * 3 })
})

test('a picture is refused with what to do', () => {
  expect(() => layer({ type: 'dense', units: 3 }).outputShape([1, 8, 8])).toThrow(/flatten layer before it/)
  expect(() => layer({ type: 'dense', units: 0 })).toThrow(/units/)
})
