// What models of rows share: one vector of all columns, and the heads.
import type { TrainConfig } from '../../contract/recipe.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { categoryColumns } from '../../data/table/encode.ts'
import type { Value } from '../../graph/graph.ts'
import { concat, gather, reshape } from '../../ops/build.ts'
import { embeddingSize } from '../../tasks/table/features.ts'
import type { Wiring } from '../model.ts'

/**
 * Numbers and the vectors of categories, [N, features]; explanations attribute to it.
 * A value that training did not see has the zero vector, as one of which nothing is known.
 */
export function rowVector(net: Wiring, inputs: Readonly<Record<string, Value>>, config: TrainConfig): Value {
  const { x, codes } = inputs
  const parts = x ? [x] : []
  if (codes) {
    const { graph } = codes
    categoryColumns(inputOf('row', config)).forEach(({ values }, j) => {
      const size = embeddingSize(values.length)
      const table = net.parameter(`embedding${j + 1}`, { shape: [values.length, size], initializer: 'xavier-normal', fan: { in: size, out: size }, decay: true })
      const all = concat([graph.constant(new Float32Array(size), 'float32', [1, size]), table], 0)
      parts.push(gather(all, reshape(gather(codes, graph.constant(BigInt64Array.of(BigInt(j)), 'int64', [1]), 1), [-1]), 0))
    })
  }
  const [first] = parts
  return net.tap(parts.length === 1 && first ? first : concat(parts, 1))
}

/** `logits` [N, classes] of a classification, `value` [N] of a regression. */
export function rowOutputs(config: TrainConfig, head: Value): Readonly<Record<string, Value>> {
  return config.task === 'tabular-regression' ? { value: reshape(head, [-1]) } : { logits: head }
}

export const rowUnits = (config: TrainConfig, classes: number): number => (config.task === 'tabular-regression' ? 1 : classes)
