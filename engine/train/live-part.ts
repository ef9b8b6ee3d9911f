// The live part of a flat vector: what a step moves, without parameters that stand still.
import type { Value } from '../graph/graph.ts'
import { product } from '../layers/shapes.ts'
import type { Network } from '../models/network.ts'
import { concat, split } from '../ops/build.ts'

export interface LivePart extends Pick<Network, 'parameters' | 'size'> {
  /** [P] → [size]. */
  take(flat: Value): Value
  /** [P] with `part` [size] in its places. */
  put(flat: Value, part: Value): Value
}

/** All of it where nothing is frozen, statistics too; else neither what is frozen nor statistics. */
export function livePart(net: Network, frozen: ReadonlySet<string>): LivePart {
  if (frozen.size === 0) return { parameters: net.parameters, size: net.size, take: (flat) => flat, put: (_flat, part) => part }
  const moves = (p: Network['parameters'][number]): boolean => p.trainable && !frozen.has(p.name)
  const parameters = net.parameters.filter(moves)
  // Neighbours together.
  const pieces: { readonly live: boolean; size: number }[] = []
  for (const p of net.parameters) {
    const last = pieces.at(-1)
    if (last?.live === moves(p)) last.size += product(p.shape)
    else pieces.push({ live: moves(p), size: product(p.shape) })
  }
  const live = pieces.filter((piece) => piece.live)
  const cut = (flat: Value, sizes: readonly number[]): readonly Value[] => (sizes.length > 1 ? split(flat, [...sizes], 0) : [flat])
  const join = (values: readonly Value[]): Value => {
    const [first, ...rest] = values
    if (!first) throw new Error('a training step moves nothing')
    return rest.length === 0 ? first : concat([first, ...rest], 0)
  }
  return {
    parameters,
    size: live.reduce((sum, piece) => sum + piece.size, 0),
    take: (flat) => join(cut(flat, pieces.map((piece) => piece.size)).filter((_, i) => pieces[i]?.live)),
    put: (flat, part) => {
      const moved = [...cut(part, live.map((piece) => piece.size))]
      return join(cut(flat, pieces.map((piece) => piece.size)).map((value, i) => (pieces[i]?.live ? (moved.shift() ?? value) : value)))
    },
  }
}
