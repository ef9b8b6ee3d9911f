// Masks in one pass: a comparison with zero that is cast to numbers is a steep hard sigmoid.
import { Graph, type Node } from '../../graph/graph.ts'
import { positive } from '../blocked/masks.ts'
import { Copy, inBuildOrder } from './copy.ts'

/** `source` with Cast(x > 0) of float32 made one operator: how gradients pass ReLU. The same numbers wherever x is one. */
export function fuseMasks(source: Graph): Graph {
  const order = inBuildOrder(source)
  if (!order.some((node) => compared(node))) return source
  const target = new Graph(source.name)
  for (const name of source.outputs.keys()) target.reserve(name)
  const copy = new Copy(source, target)
  for (const input of source.inputs) copy.set(input, target.input(input.name, input.dtype, input.shape))
  for (const node of order) {
    const x = compared(node)?.inputs[0]
    const [y] = node.outputs
    if (x && y) copy.set(y, target.in(node.scope, () => positive(copy.of(x))))
    else copy.node(node)
  }
  for (const [name, value] of source.outputs) target.output(name, copy.of(value))
  return target
}

/** The comparison that a Cast to float32 reads. */
function compared(node: Node): Node | null {
  const from = node.inputs[0]?.producer
  if (node.op.name !== 'Cast' || node.outputs[0]?.dtype !== 'float32' || from?.op.name !== 'Greater') return null
  const [x, zero] = from.inputs
  return x?.dtype === 'float32' && zero?.data?.data.length === 1 && Number(zero.data.data[0]) === 0 ? from : null
}
