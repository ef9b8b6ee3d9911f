// Looks up what an optimizer is fed: scalars by name, state vectors by position.
import { GraphError } from '../graph/errors.ts'
import type { Value } from '../graph/graph.ts'
import type { UpdateInput } from './optimizer.ts'

export function scalar(input: UpdateInput, name: string): Value {
  const value = input.scalars[name]
  if (!value) throw new GraphError(`the optimizer's scalar '${name}' is not fed`)
  return value
}

/** State vector `i`. */
export function state(input: UpdateInput, i: number): Value {
  const value = input.states[i]
  if (!value) throw new GraphError(`the optimizer's state vector ${i} is not fed`)
  return value
}
