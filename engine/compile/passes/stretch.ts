// A stretch of long vectors: what a graph does to each of their elements, done for some of them.
import { Graph, type Value } from '../../graph/graph.ts'
import { Copy, inBuildOrder } from './copy.ts'
import { ELEMENTWISE } from './pieces.ts'

/** Shorter vectors are not worth it, and could be something else. */
const LEAST = 1024

/**
 * `source` with all vectors of `size` numbers, inputs and outputs too, cut to the elements from `from` on and before `to`: the same numbers, bit for
 * bit. Null where anything but element-wise operators touches them.
 */
export function onStretch(source: Graph, size: number, from: number, to: number): Graph | null {
  if (size < LEAST) return null
  const target = new Graph(`${source.name}, ${from} to ${to - 1}`)
  const copy = new Copy(source, target)
  const long = (v: Value | null): boolean => v?.shape.length === 1 && v.shape[0] === size
  for (const name of source.outputs.keys()) target.reserve(name)
  for (const input of source.inputs) copy.set(input, target.input(input.name, input.dtype, long(input) ? [to - from] : input.shape))
  for (const node of inBuildOrder(source)) {
    if (!node.inputs.some(long) && !node.outputs.some(long)) {
      copy.node(node)
      continue
    }
    const [y] = node.outputs
    if (!y || node.outputs.length > 1 || !long(y) || !ELEMENTWISE.has(node.op.name) || !node.inputs.every((v) => !v || long(v) || v.shape.every((d) => d === 1))) return null
    for (const v of node.inputs) {
      if (v?.data?.data instanceof Float32Array && long(v)) copy.set(v, target.constant(v.data.data.slice(from, to), 'float32', [to - from]))
      else if (v?.data && long(v)) return null
    }
    const [made] = target.in(node.scope, () => target.append(node.op, node.inputs.map((v) => v && copy.of(v)), node.attrs, [{ dtype: y.dtype, shape: [to - from] }]))
    if (made) copy.set(y, made)
  }
  for (const [name, value] of source.outputs) target.output(name, copy.of(value))
  return target
}
