// What the definitions of RNN, GRU and LSTM share: schema, shape rule, options.
import { z } from 'zod'
import { GraphError } from '../../graph/errors.ts'
import type { Value } from '../../graph/graph.ts'
import type { InputSpec } from '../../graph/op.ts'
import type { Attributes, ValueType } from '../../graph/types.ts'
import { must } from './rule.ts'
import { text } from './shape.ts'

export const recurrentAttributes = {
  hidden_size: z.int().min(1),
  direction: z.enum(['forward', 'reverse', 'bidirectional']).default('forward'),
  activations: z.array(z.string()).optional(),
  activation_alpha: z.array(z.number()).optional(),
  activation_beta: z.array(z.number()).optional(),
  clip: z.number().optional(),
  layout: z.literal(0, { error: 'only the layout 0 (time first) is supported: ONNX Runtime has no kernel for batch first' }).default(0),
}
export const recurrentFloats = ['activation_alpha', 'activation_beta', 'clip']
export type RecurrentAttributes = Attributes & {
  readonly hidden_size: number
  readonly direction: Direction
  readonly activations?: readonly string[] | undefined
  readonly clip?: number | undefined
}
export type Direction = 'forward' | 'reverse' | 'bidirectional'

const real = ['float32', 'float16'] as const
export const recurrentInputs: InputSpec[] = [
  { name: 'X', dtypes: real, type: 'T' },
  { name: 'W', dtypes: real, type: 'T' },
  { name: 'R', dtypes: real, type: 'T' },
  { name: 'B', dtypes: real, type: 'T', optional: true },
  { name: 'sequence_lens', dtypes: ['int32'], optional: true },
  { name: 'initial_h', dtypes: real, type: 'T', optional: true },
]

/** Types of Y [T, D, B, H] and of a last state [D, B, H], all inputs checked. */
export function recurrentTypes(op: string, inputs: readonly (ValueType | null)[], attrs: RecurrentAttributes, gates: number): [y: ValueType, state: ValueType] {
  const { dtype, shape: x } = must(inputs, 0)
  if (x.length !== 3) throw new GraphError(`${op}: X ${text(x)}, expected [time, batch, features]`)
  const [time, batch, features] = [must(x, 0), must(x, 1), must(x, 2)]
  const [h, d] = [attrs.hidden_size, attrs.direction === 'bidirectional' ? 2 : 1]
  const wanted = { W: [d, gates * h, features], R: [d, gates * h, h], B: [d, 2 * gates * h], sequence_lens: [batch], initial_h: [d, batch, h], initial_c: [d, batch, h], P: [d, 3 * h] }
  Object.entries(wanted).forEach(([name, shape], i) => {
    const found = inputs[i + 1]
    if (found && text(found.shape) !== text(shape)) throw new GraphError(`${op}: ${name} ${text(found.shape)}, expected ${text(shape)} for X ${text(x)}, hidden size ${h}, ${attrs.direction}`)
  })
  return [
    { dtype, shape: [time, d, batch, h] },
    { dtype, shape: [d, batch, h] },
  ]
}

export interface RecurrentOptions {
  readonly direction?: Direction
  /** [D, 2 · gates · H]: biases of the input, then of the recurrence. */
  readonly bias?: Value | null
  /** [B] of int32: steps from there on give zeros, and the last state is the one before. */
  readonly lengths?: Value | null
  /** [D, B, H], zeros where left out. */
  readonly initialHidden?: Value | null
}
