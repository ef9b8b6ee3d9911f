// Registry of operators by ONNX name. The type refuses an incomplete entry; a test refuses a file that is not named here.
import type { OpDef } from '../graph/op.ts'
import { Abs } from './abs.ts'
import { Add } from './add.ts'
import { And } from './and.ts'
import { ArgMax } from './arg_max.ts'
import { AveragePool } from './average_pool.ts'
import { Cast } from './cast.ts'
import { Ceil } from './ceil.ts'
import { Celu } from './celu.ts'
import { Clip } from './clip.ts'
import { Concat } from './concat.ts'
import { ConstantOfShape } from './constant_of_shape.ts'
import { Conv } from './conv.ts'
import { ConvTranspose } from './conv_transpose.ts'
import { Cos } from './cos.ts'
import { Div } from './div.ts'
import { Elu } from './elu.ts'
import { Equal } from './equal.ts'
import { Erf } from './erf.ts'
import { Exp } from './exp.ts'
import { Expand } from './expand.ts'
import { Flatten } from './flatten.ts'
import { Floor } from './floor.ts'
import { Gather } from './gather.ts'
import { GatherElements } from './gather_elements.ts'
import { GatherND } from './gather_nd.ts'
import { Gemm } from './gemm.ts'
import { GlobalAveragePool } from './global_average_pool.ts'
import { GlobalMaxPool } from './global_max_pool.ts'
import { Greater } from './greater.ts'
import { GreaterOrEqual } from './greater_or_equal.ts'
import { HardSigmoid } from './hard_sigmoid.ts'
import { Identity } from './identity.ts'
import { LeakyRelu } from './leaky_relu.ts'
import { Less } from './less.ts'
import { LessOrEqual } from './less_or_equal.ts'
import { Log } from './log.ts'
import { LogSoftmax } from './log_softmax.ts'
import { MatMul } from './matmul.ts'
import { Max } from './max.ts'
import { MaxPool } from './max_pool.ts'
import { MaxUnpool } from './max_unpool.ts'
import { Min } from './min.ts'
import { Mul } from './mul.ts'
import { Neg } from './neg.ts'
import { Not } from './not.ts'
import { OneHot } from './one_hot.ts'
import { Or } from './or.ts'
import { Pad } from './pad.ts'
import { Pow } from './pow.ts'
import { Reciprocal } from './reciprocal.ts'
import { ReduceMax } from './reduce_max.ts'
import { ReduceMean } from './reduce_mean.ts'
import { ReduceMin } from './reduce_min.ts'
import { ReduceSum } from './reduce_sum.ts'
import { Relu } from './relu.ts'
import { Reshape } from './reshape.ts'
import { Resize } from './resize.ts'
import { Round } from './round.ts'
import { ScatterElements } from './scatter_elements.ts'
import { ScatterND } from './scatter_nd.ts'
import { Selu } from './selu.ts'
import { Shape } from './shape.ts'
import { Sigmoid } from './sigmoid.ts'
import { Sign } from './sign.ts'
import { Sin } from './sin.ts'
import { Slice } from './slice.ts'
import { Softmax } from './softmax.ts'
import { Softplus } from './softplus.ts'
import { Split } from './split.ts'
import { Sqrt } from './sqrt.ts'
import { Squeeze } from './squeeze.ts'
import { Sub } from './sub.ts'
import { Tanh } from './tanh.ts'
import { Transpose } from './transpose.ts'
import { Unsqueeze } from './unsqueeze.ts'
import { Where } from './where.ts'

export const ops = {
  Abs,
  Add,
  And,
  ArgMax,
  AveragePool,
  Cast,
  Ceil,
  Celu,
  Clip,
  Concat,
  ConstantOfShape,
  Conv,
  ConvTranspose,
  Cos,
  Div,
  Elu,
  Equal,
  Erf,
  Exp,
  Expand,
  Flatten,
  Floor,
  Gather,
  GatherElements,
  GatherND,
  Gemm,
  GlobalAveragePool,
  GlobalMaxPool,
  Greater,
  GreaterOrEqual,
  HardSigmoid,
  Identity,
  LeakyRelu,
  Less,
  LessOrEqual,
  Log,
  LogSoftmax,
  MatMul,
  Max,
  MaxPool,
  MaxUnpool,
  Min,
  Mul,
  Neg,
  Not,
  OneHot,
  Or,
  Pad,
  Pow,
  Reciprocal,
  ReduceMax,
  ReduceMean,
  ReduceMin,
  ReduceSum,
  Relu,
  Reshape,
  Resize,
  Round,
  ScatterElements,
  ScatterND,
  Selu,
  Shape,
  Sigmoid,
  Sign,
  Sin,
  Slice,
  Softmax,
  Softplus,
  Split,
  Sqrt,
  Squeeze,
  Sub,
  Tanh,
  Transpose,
  Unsqueeze,
  Where,
} satisfies Record<string, OpDef>
