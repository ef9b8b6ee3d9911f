// Maker of the window functions of signal processing: a scalar size to a vector of weights.
import { z } from 'zod'
import type { Graph, Value } from '../../graph/graph.ts'
import { defineOp, type OpDef } from '../../graph/op.ts'
import { scalarOf, single } from './rule.ts'

/** The element type is kept by name; the writer turns it into ONNX's number. */
export const outputDtype = z.enum(['float32', 'float64']).default('float32')

const attributes = z.strictObject({ output_datatype: outputDtype, periodic: z.literal([0, 1]).default(1) })

export function taper(name: string): OpDef {
  return defineOp<z.infer<typeof attributes>>({
    name,
    domain: '',
    since: 17,
    inputs: [{ name: 'size', dtypes: ['int64', 'int32'] }],
    outputs: [1, 1],
    attributes,
    infer: (ctx) => {
      const data = ctx.constant(0)
      return [{ dtype: ctx.attrs.output_datatype, shape: [data ? Number(data.data[0]) : ctx.free()] }]
    },
    grad: 'none',
  })
}

/** float32 weights; `size` is a number, or an int64 scalar. `periodic` is for spectra, symmetric for filters. */
export function tapered(op: OpDef, graph: Graph, size: number | Value, periodic: boolean): Value {
  return single(op, [typeof size === 'number' ? scalarOf(graph, 'int64', size) : size], { output_datatype: 'float32', periodic: periodic ? 1 : 0 })
}
