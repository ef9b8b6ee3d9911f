// MelWeightMatrix: triangular filters that sum a spectrum into mel bands: [dft_length/2 + 1, num_mel_bins].
// https://onnx.ai/onnx/operators/onnx__MelWeightMatrix.html (opset 17); mel(f) = 2595·log10(1 + f/700).
import { z } from 'zod'
import { GraphError } from '../graph/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import { defineOp } from '../graph/op.ts'
import { DTYPES, type DType } from '../graph/types.ts'
import { scalarOf, single } from './support/rule.ts'

/** The element type is kept by name; the writer turns it into ONNX's number. */
const attributes = z.strictObject({ output_datatype: z.enum(DTYPES).default('float32') })
const integers = ['int64', 'int32'] as const
const made: readonly DType[] = ['float32', 'float64']

export const MelWeightMatrix = defineOp<z.infer<typeof attributes>>({
  name: 'MelWeightMatrix',
  domain: '',
  since: 17,
  inputs: [
    { name: 'num_mel_bins', dtypes: integers, type: 'T' },
    { name: 'dft_length', dtypes: integers, type: 'T' },
    { name: 'sample_rate', dtypes: integers, type: 'T' },
    { name: 'lower_edge_hertz', dtypes: ['float32'] },
    { name: 'upper_edge_hertz', dtypes: ['float32'] },
  ],
  outputs: [1, 1],
  attributes,
  infer: (ctx) => {
    const dtype = ctx.attrs.output_datatype
    if (!made.includes(dtype)) throw new GraphError(`MelWeightMatrix: the matrix is float32 or float64 here, not ${dtype}`)
    const length = ctx.dims(1)?.[0]
    return [{ dtype, shape: [typeof length === 'number' ? Math.floor(length / 2) + 1 : ctx.free(0), ctx.dims(0)?.[0] ?? ctx.free(1)] }]
  },
  grad: 'none',
})

export interface MelOptions {
  readonly bins: number
  readonly dftLength: number
  /** Hertz, as are the edges. */
  readonly sampleRate: number
  readonly lower: number
  readonly upper: number
}

export function melWeightMatrix(graph: Graph, { bins, dftLength, sampleRate, lower, upper }: MelOptions): Value {
  const integer = (v: number): Value => scalarOf(graph, 'int64', v)
  return single(MelWeightMatrix, [integer(bins), integer(dftLength), integer(sampleRate), graph.scalar(lower), graph.scalar(upper)])
}
