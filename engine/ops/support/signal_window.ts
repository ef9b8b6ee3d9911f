// Maker of window functions of signal processing: a vector of a given size.
import { z } from 'zod'
import { GraphError } from '../../graph/errors.ts'
import type { Graph, Value } from '../../graph/graph.ts'
import { defineOp, type OpDef } from '../../graph/op.ts'
import { DTYPES, type DType } from '../../graph/types.ts'
import { scalarOf, single } from './rule.ts'

/** The element type is kept by name; the writer turns it into ONNX's number. */
const attributes = z.strictObject({ output_datatype: z.enum(DTYPES).default('float32'), periodic: z.literal([0, 1]).default(1) })
const made: readonly DType[] = ['float32', 'float64']

export function signalWindow(name: string): OpDef {
  return defineOp<z.infer<typeof attributes>>({
    name,
    domain: '',
    since: 17,
    inputs: [{ name: 'size', dtypes: ['int64', 'int32'] }],
    outputs: [1, 1],
    attributes,
    infer: (ctx) => {
      const dtype = ctx.attrs.output_datatype
      if (!made.includes(dtype)) throw new GraphError(`${name}: windows are float32 or float64 here, not ${dtype}`)
      return [{ dtype, shape: [ctx.dims(0)?.[0] ?? ctx.free()] }]
    },
    grad: 'none',
  })
}

export interface WindowFunctionOptions {
  /** Without its last point, as the transform wants it; symmetric where false. */
  readonly periodic?: boolean
  readonly dtype?: 'float32' | 'float64'
}

export function windowOfSize(op: OpDef, graph: Graph, size: number, { periodic = true, dtype = 'float32' }: WindowFunctionOptions): Value {
  return single(op, [scalarOf(graph, 'int64', size)], { output_datatype: dtype, periodic: periodic ? 1 : 0 })
}
