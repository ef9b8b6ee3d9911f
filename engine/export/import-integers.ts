// Rewrites of operators on small integers: 16 bits where ORT has kernels for 32, and what quantisation says of its types.
import { GraphError } from '../graph/errors.ts'
import { apply } from '../graph/op.ts'
import { elements, isStatic } from '../graph/types.ts'
import { cast } from '../ops/build.ts'
import { typed } from '../ops/support/rule.ts'
import { dtypeAttribute, given, input, put, take, unless, type Upgrade } from './import-draft.ts'

/** 16-bit integers in 32 bits and back; what a shift moves out of 16 bits is lost on the way back, as it should be. */
export const widened = (then: Upgrade): Upgrade => (d) => {
  const { dtype } = input(d, 0, 'the first operand')
  const wide = dtype === 'int16' ? 'int32' : dtype === 'uint16' ? 'uint32' : null
  if (wide) d.inputs = d.inputs.map((v) => v && cast(v, wide))
  then(d)
  const { build } = d
  if (wide) d.build = (def) => (build ? build(def) : apply(def, d.inputs, given(d), d.graph)).map((v) => v && cast(v, dtype))
}

/**
 * QuantizeLinear and DequantizeLinear since opset 19: a type that a zero point or scale says already, or that needs a zero point of zeros; blocks of scales are refused.
 * https://onnx.ai/onnx/operators/onnx__QuantizeLinear.html
 */
export const quantised: Upgrade = (d) => {
  unless({ block_size: 0, output_dtype: 0, precision: 0 })(d)
  take(d, 'saturate')
  if (d.attrs['block_size'] !== undefined) throw new GraphError(`${d.op}: blocks of ${JSON.stringify(d.attrs['block_size'])} elements with a scale each are not supported`)
  if (d.attrs['output_dtype'] === undefined) return
  dtypeAttribute('output_dtype')(d)
  const [asked, scale] = [take(d, 'output_dtype'), input(d, 1, 'the scale')]
  const said = d.op === 'QuantizeLinear' ? (d.inputs[2]?.dtype ?? null) : scale.dtype
  if (said === asked) return
  const dtype = (['uint8', 'int8', 'uint16', 'int16'] as const).find((t) => t === asked)
  if (said !== null || !dtype || !isStatic(scale.shape)) throw new GraphError(`${d.op}: output_dtype ${JSON.stringify(asked)} ${said === null ? 'is not supported here' : `is not ${said}, the type of the ${d.op === 'QuantizeLinear' ? 'zero point' : 'scale'}`}`)
  put(d, 2, d.graph.constant(typed(dtype, new Array<number>(elements(scale.shape)).fill(0)), dtype, scale.shape))
}
