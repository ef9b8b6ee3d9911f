// The graph's side of tasks about texts: masks from segments, and what explanations attribute to.
import type { Value } from '../../graph/graph.ts'
import { cast, greater } from '../../ops/build.ts'
import { need } from '../support/one-class.ts'
import type { Values } from '../task.ts'

/** `tokens`, `segments` int32, and `mask` float: 1 where a token is no padding. */
export function preprocessTokens(features: Values): Values {
  const segments = cast(need(features, 'segments'), 'int32')
  return { tokens: need(features, 'tokens'), segments, mask: maskOf(segments) }
}

function maskOf(segments: Value): Value {
  return cast(greater(segments, segments.graph.constant(Int32Array.of(0), 'int32', [])), 'float32')
}
