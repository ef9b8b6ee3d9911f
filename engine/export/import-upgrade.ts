// What older opsets wrote differently, one line an operator: rewritten to the form that the operators here have.
// https://onnx.ai/onnx/operators/ and https://github.com/onnx/onnx/blob/main/docs/Changelog.md
import type { Attributes } from '../graph/types.ts'
import { all, before, dtypeAttribute, fallback, input, put, rename, take, toInput, unless, wide, without, type Upgrade } from './import-draft.ts'
import { quantised, widened } from './import-integers.ts'
import { aligned, dropout, exponents, flattened, limits, ones, padding, pairs, parts, perChannel, resizing, slopes, timeFirst, upsampling } from './import-rewrites.ts'
import { explicitPads, roundedDown, transposePads } from './import-window.ts'

const reduce = toInput('axes', 1)
const pool = all(without('storage_order'), (d) => {
  explicitPads(d, null)
  roundedDown(d)
})
/** Before opset 20 the axis of DFT was an attribute, 1 where left out. */
const axisInput = before(20, (d) => {
  const axis = take(d, 'axis') ?? 1
  put(d, 2, d.graph.constant(BigInt64Array.of(BigInt(Number(axis))), 'int64', []))
})
const one = { dtype: 'float32', shape: [1], data: Float32Array.of(0) } satisfies Attributes[string]

const table = {
  Add: aligned,
  And: aligned,
  ArgMax: unless({ select_last_index: 0 }),
  ArgMin: unless({ select_last_index: 0 }),
  AveragePool: pool,
  BatchNormalization: all(without('is_test', 'spatial'), before(14, without('training_mode'))),
  Bernoulli: dtypeAttribute('dtype'),
  BitShift: widened(() => undefined),
  Cast: all(dtypeAttribute('to'), without('saturate')),
  CastLike: without('saturate'),
  Clip: limits,
  Concat: before(4, fallback({ axis: 1 })),
  ConstantOfShape: fallback({ value: one }),
  Conv: (d) => {
    explicitPads(d, d.inputs[1] ?? null)
  },
  ConvTranspose: transposePads,
  ConvInteger: (d) => {
    explicitPads(d, d.inputs[1] ?? null)
  },
  CumSum: wide(1),
  DequantizeLinear: quantised,
  DFT: axisInput,
  Div: aligned,
  Dropout: dropout,
  Equal: aligned,
  EyeLike: dtypeAttribute('dtype'),
  Flatten: fallback({ axis: 1 }),
  Gather: before(1, fallback({ axis: 0 })),
  Gemm: before(7, without('broadcast')),
  Greater: aligned,
  GridSample: before(20, (d) => {
    const old: Readonly<Record<string, string>> = { bilinear: 'linear', bicubic: 'cubic' }
    const mode = typeof d.attrs['mode'] === 'string' ? d.attrs['mode'] : 'bilinear'
    d.attrs['mode'] = old[mode] ?? mode
  }),
  GroupNormalization: perChannel,
  GRU: timeFirst,
  Hardmax: flattened,
  Less: aligned,
  LogSoftmax: flattened,
  LpPool: pool,
  LSTM: timeFirst,
  Max: widened(pairs),
  MaxPool: pool,
  MelWeightMatrix: dtypeAttribute('output_datatype'),
  BlackmanWindow: dtypeAttribute('output_datatype'),
  HammingWindow: dtypeAttribute('output_datatype'),
  HannWindow: dtypeAttribute('output_datatype'),
  Min: widened(pairs),
  Mul: aligned,
  Or: aligned,
  Pad: padding,
  Pow: exponents,
  PRelu: slopes,
  QLinearConv: (d) => {
    explicitPads(d, d.inputs[3] ?? null)
  },
  QuantizeLinear: quantised,
  RandomUniformLike: dtypeAttribute('dtype'),
  ReduceL1: reduce,
  ReduceL2: reduce,
  ReduceLogSum: reduce,
  ReduceLogSumExp: reduce,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
  Reshape: all(toInput('shape', 1), unless({ allowzero: 0 })),
  Resize: resizing,
  RNN: timeFirst,
  Scatter: rename('ScatterElements'),
  Shape: unless({ start: 0 }),
  Slice: all(toInput('starts', 1), toInput('ends', 2), toInput('axes', 3), wide(1, 2, 3, 4)),
  Softmax: flattened,
  Split: parts,
  Squeeze: ones,
  Sub: aligned,
  Tile: wide(1),
  TopK: toInput('k', 1),
  Transpose: (d) => {
    d.attrs['perm'] ??= [...input(d, 0, 'the input').shape.keys()].reverse()
  },
  Unsqueeze: toInput('axes', 1),
  Upsample: upsampling,
  Xor: aligned,
} satisfies Record<string, Upgrade>

/** `consumed_inputs` allowed old runtimes to work in place. */
const everywhere = without('consumed_inputs')

/** The rewrite of an operator of the standard domain. */
export const upgradeOf = (op: string): Upgrade => all(everywhere, Object.hasOwn(table, op) ? table[op as keyof typeof table] : () => undefined)
