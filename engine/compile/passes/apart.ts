// An input that is only cut apart becomes inputs of its own, fed from where they lie in it: no copy is made of them.
import { Graph, type Node, type Value } from '../../graph/graph.ts'
import { resolve } from '../../graph/order.ts'
import { isStatic } from '../../graph/types.ts'
import { split } from '../../ops/build.ts'
import { Copy, inBuildOrder } from './copy.ts'

/** Smaller neighbours stay together: an input costs ONNX Runtime's binding as long as copying so many numbers. */
const SMALL = 4096

export interface Apart {
  readonly graph: Graph
  /** First element and the one after the last, by the name of the new input. */
  readonly stretches: ReadonlyMap<string, readonly [from: number, to: number]>
}

/** `source` with its input vector `name` in pieces; null where anything but one Split reads it. */
export function inputApart(source: Graph, name: string): Apart | null {
  const order = inBuildOrder(source)
  const input = source.inputs.find((v) => v.name === name)
  const readers = order.filter((node) => node.inputs.some((v) => v && resolve(source, v) === input))
  const [cut] = readers
  if (!input || !cut || readers.length > 1 || cut.op.name !== 'Split' || input.shape.length !== 1 || [...source.outputs.values()].includes(input) || !cut.outputs.every((v) => isStatic(v.shape))) return null
  const groups = grouped(cut.outputs)
  if (groups.length < 2) return null
  const target = new Graph(source.name)
  for (const output of source.outputs.keys()) target.reserve(output)
  const copy = new Copy(source, target)
  const stretches = new Map<string, readonly [number, number]>()
  for (const v of source.inputs) if (v !== input) copy.set(v, target.input(v.name, v.dtype, v.shape))
  let at = 0
  const pieces = groups.map((group) => {
    const size = group.reduce((sum, v) => sum + Number(v.shape[0]), 0)
    const piece = target.input(`${name} from ${at}`, input.dtype, [size])
    stretches.set(piece.name, [at, (at += size)])
    return { group, piece }
  })
  for (const node of order) {
    if (node === cut) target.in(node.scope, () => { for (const { group, piece } of pieces) placed(copy, group, piece) })
    else copy.node(node)
  }
  for (const [output, value] of source.outputs) target.output(output, copy.of(value))
  return { graph: target, stretches }
}

function placed(copy: Copy, group: readonly Value[], piece: Value): void {
  const made = group.length === 1 ? [piece] : split(piece, group.map((v) => Number(v.shape[0])))
  group.forEach((v, i) => {
    const own = made[i]
    if (own) copy.set(v, own)
  })
}

/** Runs of small ones, each of the others by itself. */
function grouped(values: Node['outputs']): Value[][] {
  const groups: Value[][] = []
  let open: Value[] | null = null
  for (const v of values) {
    const small = Number(v.shape[0]) < SMALL
    if (small && open) open.push(v)
    else groups.push([v])
    open = small ? (groups.at(-1) ?? null) : null
  }
  return groups
}
