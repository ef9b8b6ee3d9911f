// Sums a gradient over the axes along which its value was broadcast.
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { sameShape } from '../graph/types.ts'
import { reduceSum } from '../ops/reduce_sum.ts'

/** `g` summed to the shape of `like`, which must broadcast to g's. */
export function unbroadcast(g: Value, like: Value): Value {
  if (sameShape(g.shape, like.shape)) return g
  const extra = g.shape.length - like.shape.length
  if (extra < 0) throw new GraphError(`gradient [${g.shape.join(', ')}] of '${like.name}' [${like.shape.join(', ')}] has too few axes`)
  const lead = Array.from({ length: extra }, (_, i) => i)
  const kept: number[] = []
  like.shape.forEach((d, i) => {
    const found = g.shape[i + extra]
    if (d === found) return
    if (d !== 1) throw new GraphError(`gradient [${g.shape.join(', ')}] does not fit '${like.name}' [${like.shape.join(', ')}]`)
    kept.push(i)
  })
  const flat = lead.length > 0 ? reduceSum(g, lead) : g
  return kept.length > 0 ? reduceSum(flat, kept, true) : flat
}
