// What taggers share: scores of tags for each token, and what may follow what.
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import type { Wiring } from '../model.ts'
import { drop, type Sequence } from './text.ts'

export const crfOption = z.boolean().describe('Learns which tag may follow which, and chooses the best row of tags instead of the best tag of each word.')

/** `emissions` [N, T, 1 + 2 · classes], and with `crf` the parameters `transitions`, `start` and `end`. */
export function tagged(net: Wiring, read: Sequence, classes: number, crf: boolean, dropout: number): Record<string, Value> {
  const tags = 1 + 2 * classes
  const parameter = (name: string, shape: readonly number[]): Value => net.parameter(name, { shape, initializer: 'zeros', fan: { in: tags, out: tags }, decay: false })
  // Before the head: it is the last layer, which the check of explanations draws anew.
  const chain: Record<string, Value> = crf ? { transitions: parameter('crf.transitions', [tags, tags]), start: parameter('crf.start', [tags]), end: parameter('crf.end', [tags]) } : {}
  return { emissions: net.layer('head', { type: 'dense', units: tags }, drop(net, 'dropout', read.x, dropout)), ...chain }
}
