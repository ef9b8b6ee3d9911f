// Gradients through ReLU on blocked values, and the knowledge of which gradients have passed it already.
import type { Value } from '../../graph/graph.ts'
import { sameShape } from '../../graph/types.ts'
import { hardSigmoid, mul } from '../../ops/build.ts'
import { BLOCKED } from './operators.ts'

/** Larger than 1 / the smallest normal float32: 1 for every positive number, 0 otherwise, in one pass over memory. */
const STEEP = 1e38

/** 1 where y > 0, else 0. */
export const positive = (y: Value): Value => hardSigmoid(y, { alpha: STEEP, beta: 0 })

export class ReluMasks {
  readonly #passed = new WeakSet<Value>()

  /** `g` is zero wherever the ReLU that it goes back to cut. */
  passed(g: Value): Value {
    this.#passed.add(g)
    return g
  }

  /** `g` through the ReLU whose output is `y`, where it has not been. */
  back(g: Value, y: Value): Value {
    return this.#passed.has(g) || !isRectified(y) ? g : mul(g, positive(y))
  }
}

/** `y` is what an operator with a ReLU in it gives, or the largest of such. Told by its nodes, since a recomputation makes others of the same kind. */
export function isRectified(y: Value): boolean {
  const node = y.producer
  const [from] = node?.inputs ?? []
  if (!node || !from) return false
  const { name, domain } = node.op
  if (domain === BLOCKED && name === 'Conv') return node.attrs['activation'] === 'Relu'
  return ((domain === BLOCKED && name === 'MaxPool') || (domain === '' && name === 'Reshape' && sameShape(from.shape, y.shape))) && isRectified(from)
}
