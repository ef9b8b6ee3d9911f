// Shape arithmetic with symbolic dimensions, shared by the operators' shape rules.
import { isOpen } from '../../graph/dims.ts'
import { GraphError } from '../../graph/errors.ts'
import type { InferContext } from '../../graph/op.ts'
import type { Attributes, Dim, Shape, ValueType } from '../../graph/types.ts'

export { agrees, clearest, isFree, isOpen, plus, quotient, size } from '../../graph/dims.ts'

export const text = (shape: Shape): string => `[${shape.join(', ')}]`

/** `axis` counted from the front. */
export function axisOf(op: string, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis
  if (at < 0 || at >= rank) throw new GraphError(`${op}: axis ${axis} is outside a tensor of rank ${rank}`)
  return at
}

/** ONNX has no limit; runtimes have one far lower. */
const MAX_RANK = 64

export function axesOf(op: string, axes: readonly number[], rank: number): number[] {
  if (axes.length > rank || rank > MAX_RANK) throw new GraphError(`${op}: ${axes.length} axes of a tensor of rank ${rank}`)
  const list = axes.map((a) => axisOf(op, a, rank))
  if (new Set(list).size !== list.length) throw new GraphError(`${op}: axes ${text(axes)} name one axis twice`)
  return list
}

/** Sizes where axes that input 1 names, not known before the run, are put in (`sign` 1) or taken out (-1). */
export function unknownAxes(ctx: InferContext<Attributes>, shape: Shape, sign: 1 | -1): Dim[] {
  const count = ctx.inputs[1]?.shape[0]
  if (typeof count !== 'number' || shape.length + sign * count < 0) throw new GraphError(`${ctx.op}: the number of axes is not known`)
  return Array.from({ length: shape.length + sign * count }, (_, i) => ctx.free(i))
}

/** Numpy broadcasting. A symbolic size meets 1 or itself; whether it is 1 cannot be known, so anything else is an error, except where it may be equal as far as is known (`isOpen`). */
export function broadcast(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const x = a[i - rank + a.length] ?? 1
    const y = b[i - rank + b.length] ?? 1
    if (x === y || y === 1) return x
    if (x === 1) return y
    if (isOpen(x) || isOpen(y)) return typeof x === 'number' ? x : typeof y === 'number' ? y : `?max(${[x, y].sort().join(', ')})`
    throw new GraphError(`${op}: shapes ${text(a)} and ${text(b)} do not broadcast: ${x} against ${y}`)
  })
}

export function rankAtLeast(op: string, what: string, type: ValueType | null | undefined, rank: number): Shape {
  if (!type) throw new GraphError(`${op}: ${what} is missing`)
  if (type.shape.length < rank) throw new GraphError(`${op}: ${what} has shape ${text(type.shape)}, expected at least rank ${rank}`)
  return type.shape
}
