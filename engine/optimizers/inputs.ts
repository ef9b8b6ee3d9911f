// Looks up what an optimizer is fed: scalars by name, state vectors by position.
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import { sub } from '../ops/build.ts'
import type { UpdateInput } from './optimizer.ts'

export function scalar(input: UpdateInput, name: string): Value {
  const value = input.scalars[name]
  if (!value) throw new GraphError(`the optimizer's scalar '${name}' is not fed`)
  return value
}

/** The share kept of the step before: the recipe's, or the one fed where the schedule moves it. */
export const share = (input: UpdateInput): Value | number => input.scalars['momentum'] ?? input.config.momentum

/** 1 − `share`. */
export function rest(input: UpdateInput): Value | number {
  const kept = share(input)
  return typeof kept === 'number' ? 1 - kept : sub(1, kept)
}

/** State vector `i`. */
export function state(input: UpdateInput, i: number): Value {
  const value = input.states[i]
  if (!value) throw new GraphError(`the optimizer's state vector ${i} is not fed`)
  return value
}
