// All passes in their order: from the graph of one step to the fastest of several.
import type { Graph } from '../../graph/graph.ts'
import { fuseMasks } from './masks.ts'
import { fuseMultiplyAdd } from './multiply-add.ts'
import { inPieces } from './pieces.ts'
import { repeat } from './repeat.ts'

/** Smaller neighbours share a piece. */
const SMALL = 4096

/** `step` done `times` times (`repeat`), its vectors kept in parameters of `sizes`, arithmetic fused where there are blocks; bit for bit what `times` runs give. */
export function faster(step: Graph, times: number, chain: ReadonlyMap<string, string>, sizes: readonly number[], block: number): Graph {
  const cut = inPieces(repeat(fuseMasks(step), times, chain), pieces(sizes), block)
  return block > 0 ? fuseMultiplyAdd(cut, block) : cut
}

/** Neighbours below SMALL together; the rest as they are. */
export function pieces(sizes: readonly number[]): number[] {
  const out: number[] = []
  let open = false
  for (const n of sizes) {
    const small = n < SMALL
    if (small && open) out.push((out.pop() ?? 0) + n)
    else out.push(n)
    open = small
  }
  return out
}
