// Tests of BlackmanWindow.
import { describe, it } from 'vitest'
import { checkOp } from '../../test/support/check-op.ts'
import { BlackmanWindow, blackmanWindow } from './blackman_window.ts'
import { single } from './support/rule.ts'

describe('BlackmanWindow', () => {
  const want = (size: number, n: number): number[] => Array.from({ length: size }, (_, i) => (2 * Math.PI * i) / n).map((t) => 0.42 - 0.5 * Math.cos(t) + 0.08 * Math.cos(2 * t))

  it('is periodic or symmetric', () => checkOp({ build: (x) => [blackmanWindow(x.graph, 8), blackmanWindow(x.graph, 7, { periodic: false, dtype: 'float64' }), x], inputs: [{ shape: [1] }], wrt: [], reference: (x) => [want(8, 8), want(7, 6), x] }))
  it('has a size that is fed', () => checkOp({ build: (n) => single(BlackmanWindow, [n], {}), inputs: [{ shape: [], dtype: 'int64', values: [5] }], dynamic: true, reference: () => want(5, 5) }))
})
