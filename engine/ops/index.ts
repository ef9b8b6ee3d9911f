// Registry of operators by ONNX name. The type refuses an incomplete entry; a test refuses a file that is not named here.
import type { OpDef } from '../graph/op.ts'
import { Abs } from './abs.ts'
import { Acos } from './acos.ts'
import { Acosh } from './acosh.ts'
import { Add } from './add.ts'
import { AffineGrid } from './affine_grid.ts'
import { And } from './and.ts'
import { ArgMax } from './arg_max.ts'
import { ArgMin } from './arg_min.ts'
import { Asin } from './asin.ts'
import { Asinh } from './asinh.ts'
import { Atan } from './atan.ts'
import { Atanh } from './atanh.ts'
import { Attention } from './attention.ts'
import { AveragePool } from './average_pool.ts'
import { BatchNormalization } from './batch_normalization.ts'
import { BitShift } from './bit_shift.ts'
import { BitwiseAnd } from './bitwise_and.ts'
import { BitwiseNot } from './bitwise_not.ts'
import { BitwiseOr } from './bitwise_or.ts'
import { BitwiseXor } from './bitwise_xor.ts'
import { BlackmanWindow } from './blackman_window.ts'
import { Cast } from './cast.ts'
import { CastLike } from './cast_like.ts'
import { Ceil } from './ceil.ts'
import { Celu } from './celu.ts'
import { CenterCropPad } from './center_crop_pad.ts'
import { Clip } from './clip.ts'
import { Col2Im } from './col2im.ts'
import { Compress } from './compress.ts'
import { Concat } from './concat.ts'
import { ConstantOfShape } from './constant_of_shape.ts'
import { Conv } from './conv.ts'
import { ConvInteger } from './conv_integer.ts'
import { ConvTranspose } from './conv_transpose.ts'
import { Cos } from './cos.ts'
import { Cosh } from './cosh.ts'
import { CumSum } from './cum_sum.ts'
import { DepthToSpace } from './depth_to_space.ts'
import { DequantizeLinear } from './dequantize_linear.ts'
import { Det } from './det.ts'
import { DFT } from './dft.ts'
import { Div } from './div.ts'
import { Dropout } from './dropout.ts'
import { DynamicQuantizeLinear } from './dynamic_quantize_linear.ts'
import { Einsum } from './einsum.ts'
import { Elu } from './elu.ts'
import { Equal } from './equal.ts'
import { Erf } from './erf.ts'
import { Exp } from './exp.ts'
import { Expand } from './expand.ts'
import { EyeLike } from './eye_like.ts'
import { Flatten } from './flatten.ts'
import { Floor } from './floor.ts'
import { Gather } from './gather.ts'
import { GatherElements } from './gather_elements.ts'
import { GatherND } from './gather_nd.ts'
import { Gelu } from './gelu.ts'
import { Gemm } from './gemm.ts'
import { GlobalAveragePool } from './global_average_pool.ts'
import { GlobalLpPool } from './global_lp_pool.ts'
import { GlobalMaxPool } from './global_max_pool.ts'
import { Greater } from './greater.ts'
import { GreaterOrEqual } from './greater_or_equal.ts'
import { GridSample } from './grid_sample.ts'
import { GroupNormalization } from './group_normalization.ts'
import { GRU } from './gru.ts'
import { HammingWindow } from './hamming_window.ts'
import { HannWindow } from './hann_window.ts'
import { HardSigmoid } from './hard_sigmoid.ts'
import { HardSwish } from './hard_swish.ts'
import { Hardmax } from './hardmax.ts'
import { Identity } from './identity.ts'
import { InstanceNormalization } from './instance_normalization.ts'
import { IsInf } from './is_inf.ts'
import { IsNaN } from './is_nan.ts'
import { LayerNormalization } from './layer_normalization.ts'
import { LeakyRelu } from './leaky_relu.ts'
import { Less } from './less.ts'
import { LessOrEqual } from './less_or_equal.ts'
import { Log } from './log.ts'
import { LogSoftmax } from './log_softmax.ts'
import { LpNormalization } from './lp_normalization.ts'
import { LpPool } from './lp_pool.ts'
import { LRN } from './lrn.ts'
import { LSTM } from './lstm.ts'
import { MatMul } from './matmul.ts'
import { MatMulInteger } from './matmul_integer.ts'
import { Max } from './max.ts'
import { MaxPool } from './max_pool.ts'
import { MaxUnpool } from './max_unpool.ts'
import { Mean } from './mean.ts'
import { MeanVarianceNormalization } from './mean_variance_normalization.ts'
import { MelWeightMatrix } from './mel_weight_matrix.ts'
import { Min } from './min.ts'
import { Mish } from './mish.ts'
import { Mod } from './mod.ts'
import { Mul } from './mul.ts'
import { Neg } from './neg.ts'
import { NegativeLogLikelihoodLoss } from './negative_log_likelihood_loss.ts'
import { NonMaxSuppression } from './non_max_suppression.ts'
import { NonZero } from './non_zero.ts'
import { Not } from './not.ts'
import { OneHot } from './one_hot.ts'
import { Or } from './or.ts'
import { Pad } from './pad.ts'
import { Pow } from './pow.ts'
import { PRelu } from './prelu.ts'
import { QLinearConv } from './qlinear_conv.ts'
import { QLinearMatMul } from './qlinear_matmul.ts'
import { QuantizeLinear } from './quantize_linear.ts'
import { Range } from './range.ts'
import { Reciprocal } from './reciprocal.ts'
import { ReduceL1 } from './reduce_l1.ts'
import { ReduceL2 } from './reduce_l2.ts'
import { ReduceLogSum } from './reduce_log_sum.ts'
import { ReduceLogSumExp } from './reduce_log_sum_exp.ts'
import { ReduceMax } from './reduce_max.ts'
import { ReduceMean } from './reduce_mean.ts'
import { ReduceMin } from './reduce_min.ts'
import { ReduceProd } from './reduce_prod.ts'
import { ReduceSum } from './reduce_sum.ts'
import { ReduceSumSquare } from './reduce_sum_square.ts'
import { Relu } from './relu.ts'
import { Reshape } from './reshape.ts'
import { Resize } from './resize.ts'
import { ReverseSequence } from './reverse_sequence.ts'
import { RMSNormalization } from './rms_normalization.ts'
import { RNN } from './rnn.ts'
import { RoiAlign } from './roi_align.ts'
import { RotaryEmbedding } from './rotary_embedding.ts'
import { Round } from './round.ts'
import { ScatterElements } from './scatter_elements.ts'
import { ScatterND } from './scatter_nd.ts'
import { Selu } from './selu.ts'
import { Shape } from './shape.ts'
import { Shrink } from './shrink.ts'
import { Sigmoid } from './sigmoid.ts'
import { Sign } from './sign.ts'
import { Sin } from './sin.ts'
import { Sinh } from './sinh.ts'
import { Size } from './size.ts'
import { Slice } from './slice.ts'
import { Softmax } from './softmax.ts'
import { SoftmaxCrossEntropyLoss } from './softmax_cross_entropy_loss.ts'
import { Softplus } from './softplus.ts'
import { Softsign } from './softsign.ts'
import { SpaceToDepth } from './space_to_depth.ts'
import { Split } from './split.ts'
import { Sqrt } from './sqrt.ts'
import { Squeeze } from './squeeze.ts'
import { STFT } from './stft.ts'
import { Sub } from './sub.ts'
import { Sum } from './sum.ts'
import { Swish } from './swish.ts'
import { Tan } from './tan.ts'
import { Tanh } from './tanh.ts'
import { TfIdfVectorizer } from './tf_idf_vectorizer.ts'
import { ThresholdedRelu } from './thresholded_relu.ts'
import { Tile } from './tile.ts'
import { TopK } from './top_k.ts'
import { Transpose } from './transpose.ts'
import { Trilu } from './trilu.ts'
import { Unique } from './unique.ts'
import { Unsqueeze } from './unsqueeze.ts'
import { Where } from './where.ts'
import { Xor } from './xor.ts'

export const ops = {
  Abs,
  Acos,
  Acosh,
  Add,
  AffineGrid,
  And,
  ArgMax,
  ArgMin,
  Asin,
  Asinh,
  Atan,
  Atanh,
  Attention,
  AveragePool,
  BatchNormalization,
  BitShift,
  BitwiseAnd,
  BitwiseNot,
  BitwiseOr,
  BitwiseXor,
  BlackmanWindow,
  Cast,
  CastLike,
  Ceil,
  Celu,
  CenterCropPad,
  Clip,
  Col2Im,
  Compress,
  Concat,
  ConstantOfShape,
  Conv,
  ConvInteger,
  ConvTranspose,
  Cos,
  Cosh,
  CumSum,
  DepthToSpace,
  DequantizeLinear,
  Det,
  DFT,
  Div,
  Dropout,
  DynamicQuantizeLinear,
  Einsum,
  Elu,
  Equal,
  Erf,
  Exp,
  Expand,
  EyeLike,
  Flatten,
  Floor,
  Gather,
  GatherElements,
  GatherND,
  Gelu,
  Gemm,
  GlobalAveragePool,
  GlobalLpPool,
  GlobalMaxPool,
  Greater,
  GreaterOrEqual,
  GridSample,
  GroupNormalization,
  GRU,
  HammingWindow,
  HannWindow,
  Hardmax,
  HardSigmoid,
  HardSwish,
  Identity,
  InstanceNormalization,
  IsInf,
  IsNaN,
  LayerNormalization,
  LeakyRelu,
  Less,
  LessOrEqual,
  Log,
  LogSoftmax,
  LpNormalization,
  LpPool,
  LRN,
  LSTM,
  MatMul,
  MatMulInteger,
  Max,
  MaxPool,
  MaxUnpool,
  Mean,
  MeanVarianceNormalization,
  MelWeightMatrix,
  Min,
  Mish,
  Mod,
  Mul,
  Neg,
  NegativeLogLikelihoodLoss,
  NonMaxSuppression,
  NonZero,
  Not,
  OneHot,
  Or,
  Pad,
  Pow,
  PRelu,
  QLinearConv,
  QLinearMatMul,
  QuantizeLinear,
  Range,
  Reciprocal,
  ReduceL1,
  ReduceL2,
  ReduceLogSum,
  ReduceLogSumExp,
  ReduceMax,
  ReduceMean,
  ReduceMin,
  ReduceProd,
  ReduceSum,
  ReduceSumSquare,
  Relu,
  Reshape,
  Resize,
  ReverseSequence,
  RMSNormalization,
  RNN,
  RoiAlign,
  RotaryEmbedding,
  Round,
  ScatterElements,
  ScatterND,
  Selu,
  Shape,
  Shrink,
  Sigmoid,
  Sign,
  Sin,
  Sinh,
  Size,
  Slice,
  Softmax,
  SoftmaxCrossEntropyLoss,
  Softplus,
  Softsign,
  SpaceToDepth,
  Split,
  Sqrt,
  Squeeze,
  STFT,
  Sub,
  Sum,
  Swish,
  Tan,
  Tanh,
  TfIdfVectorizer,
  ThresholdedRelu,
  Tile,
  TopK,
  Transpose,
  Trilu,
  Unique,
  Unsqueeze,
  Where,
  Xor,
} satisfies Record<string, OpDef>
