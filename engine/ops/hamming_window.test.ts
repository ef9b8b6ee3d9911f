// Tests of HammingWindow.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { HammingWindow, hammingWindow } from './hamming_window.ts'
import { single } from './support/rule.ts'

describe('HammingWindow', () => {
  const want = (size: number, n: number): number[] => Array.from({ length: size }, (_, i) => (2 * Math.PI * i) / n).map((t) => 25 / 46 - (21 / 46) * Math.cos(t))

  it('is periodic or symmetric', () => checkOp({ build: (x) => [hammingWindow(x.graph, 8), hammingWindow(x.graph, 7, { periodic: false, dtype: 'float64' }), x], inputs: [{ shape: [1] }], wrt: [], reference: (x) => [want(8, 8), want(7, 6), x] }))
  it('has a size that is fed', () => checkOp({ build: (n) => single(HammingWindow, [n], {}), inputs: [{ shape: [], dtype: 'int64', values: [5] }], dynamic: true, reference: () => want(5, 5) }))
})
