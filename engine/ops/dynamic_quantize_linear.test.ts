// Tests of DynamicQuantizeLinear.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { dynamicQuantizeLinear } from './dynamic_quantize_linear.ts'

describe('DynamicQuantizeLinear', () => {
  it.each([[[0, 2, -3, -2.5, 1.34, 0.6]], [[1, 2.1, 1.3, 2.5, 3.34, 4]], [[-1, -2.1, -1.3, -2.5, -3.34, -4]]])('covers the range of %s and 0', (values) =>
    checkOp({
      build: (x) => {
        const { y, scale, zero } = dynamicQuantizeLinear(x)
        return [y, scale, zero]
      },
      inputs: [{ shape: [6], values }],
      wrt: [],
      batch: [0],
      reference: (x) => {
        const [lo, hi] = [Math.min(0, ...x), Math.max(0, ...x)]
        const scale = Math.fround((hi - lo) / 255)
        const zero = Math.round(-lo / scale)
        return [x.map((v) => Math.min(255, Math.max(0, Math.round(v / scale) + zero))), [scale], [zero]]
      },
    }))
})
