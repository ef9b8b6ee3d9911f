// Conv2d: against PyTorch, and what it costs.
import { expect, test } from 'vitest'
import { checkLayer, expectCost } from '../../test/support/check-layer.ts'
import { layer } from './index.ts'

test('shapes, values and gradients', () => checkLayer('conv2d'))

test('weights and multiply-adds', () => {
  expectCost({ type: 'conv2d', filters: 16, kernel: 3 }, [3, 32, 32], { weights: 16 * 3 * 9 + 16, multiplyAdds: 32 * 32 * 16 * 3 * 9 })
  expectCost({ type: 'conv2d', filters: 8, kernel: [3, 1], groups: 4, dilation: 2, padding: 0, bias: false }, [4, 8, 8], { weights: 8 * 1 * 3, multiplyAdds: 4 * 8 * 8 * 3 })
})

test('specs written before dilation, groups and bias were options still give the same layer', () => {
  const old = layer({ type: 'conv2d', filters: 2, kernel: 5, stride: 2, padding: 1 })
  expect(old.outputShape([1, 8, 9])).toEqual([2, 3, 4])
  expect(old.parameters([1, 8, 9])).toMatchObject([{ name: 'weight', shape: [2, 1, 5, 5], initializer: null, fan: { in: 25, out: 50 }, decay: true }, { name: 'bias', shape: [2], initializer: 'zeros', decay: false }])
})

test('groups that do not divide and pictures that are no pictures are refused', () => {
  expect(() => layer({ type: 'conv2d', filters: 4, kernel: 3, groups: 3 }).outputShape([4, 8, 8])).toThrow(/3 groups do not divide 4 channels/)
  expect(() => layer({ type: 'conv2d', filters: 3, kernel: 3 }).outputShape([64])).toThrow(/put it before flatten/)
  expect(() => layer({ type: 'conv2d', filters: 3, kernel: [3, 3, 3] })).toThrow(/kernel/)
})
