// Gradients through ReLU on blocked values, and the knowledge of which gradients have passed it already.
import type { Value } from '../../graph/graph.ts'
import { hardSigmoid, mul } from '../../ops/build.ts'

/** Larger than 1 / the smallest normal float32: 1 for every positive number, 0 otherwise, in one pass over memory. */
const STEEP = 1e38

/** 1 where y > 0, else 0. */
export const positive = (y: Value): Value => hardSigmoid(y, { alpha: STEEP, beta: 0 })

export class ReluMasks {
  readonly #passed = new WeakSet<Value>()
  readonly #rectified = new WeakSet<Value>()

  /** `y` is the output of an operator with a ReLU in it. */
  rectified(y: Value): Value {
    this.#rectified.add(y)
    return y
  }

  isRectified(y: Value): boolean {
    return this.#rectified.has(y)
  }

  /** `g` is zero wherever the ReLU that it goes back to cut. */
  passed(g: Value): Value {
    this.#passed.add(g)
    return g
  }

  /** `g` through the ReLU whose output is `y`, where it has not been. */
  back(g: Value, y: Value): Value {
    return this.#passed.has(g) || !this.#rectified.has(y) ? g : mul(g, positive(y))
  }
}
