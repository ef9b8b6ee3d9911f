// Registry of strategies by the name of the command line.
import { LatheError } from '../contract/errors.ts'
import { diversity } from './strategies/diversity.ts'
import { entropy } from './strategies/entropy.ts'
import { margin } from './strategies/margin.ts'
import type { Strategy } from './strategy.ts'
import { uncertainty } from './strategies/uncertainty.ts'

export const strategies = { uncertainty, margin, entropy, diversity } satisfies Record<string, Strategy>

/** Throws LatheError `usage` for an unknown name. */
export function strategy(name: string): Strategy {
  const found: Strategy | undefined = (strategies as Record<string, Strategy>)[name]
  if (!found) throw new LatheError('usage', `there is no order '${name}'; there are ${Object.keys(strategies).join(', ')}`)
  return found
}
