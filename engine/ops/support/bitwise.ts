// Maker of operators on the bits of two broadcast integer tensors.
import { z } from 'zod'
import { defineOp, type OpDef } from '../../graph/op.ts'
import type { Attributes, DType } from '../../graph/types.ts'
import { must } from './rule.ts'
import { broadcast } from './shape.ts'

export const INTEGERS = ['int64', 'int32', 'int16', 'int8', 'uint64', 'uint32', 'uint16', 'uint8'] as const satisfies readonly DType[]

const none = z.strictObject({})

export function bitwise(name: string, since: number): OpDef {
  return bitwiseWith(name, since, none, INTEGERS)
}

export function bitwiseWith<A extends Attributes>(name: string, since: number, attributes: z.ZodType<A>, dtypes: readonly DType[]): OpDef {
  return defineOp<A>({
    name,
    domain: '',
    since,
    inputs: [
      { name: 'A', dtypes, type: 'T' },
      { name: 'B', dtypes, type: 'T' },
    ],
    outputs: [1, 1],
    attributes,
    infer: ({ op, inputs }) => [{ dtype: must(inputs, 0).dtype, shape: broadcast(op, must(inputs, 0).shape, must(inputs, 1).shape) }],
    grad: 'none',
  })
}
