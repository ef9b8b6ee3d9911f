// BitShift: the bits of a moved by b places.
// https://onnx.ai/onnx/operators/onnx__BitShift.html (opset 11; no uint16 kernel in ORT)
import { z } from 'zod'
import type { Value } from '../graph/graph.ts'
import { bitwiseWith } from './support/bitwise.ts'
import { operands, single, type Operand } from './support/rule.ts'

const attributes = z.strictObject({ direction: z.enum(['LEFT', 'RIGHT']) })

export const BitShift = bitwiseWith('BitShift', 11, attributes, ['uint64', 'uint32', 'uint8'])

/** Unsigned integers; broadcasts. */
export function bitShift(a: Operand, b: Operand, direction: 'LEFT' | 'RIGHT'): Value {
  return single(BitShift, operands('BitShift', a, b), { direction })
}
