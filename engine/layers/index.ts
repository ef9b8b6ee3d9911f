// Registry of layers by the `type` of their spec.
import type { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { adaptiveAveragePool1d } from './adaptive-average-pool1d.ts'
import { adaptiveAveragePool2d } from './adaptive-average-pool2d.ts'
import { adaptiveAveragePool3d } from './adaptive-average-pool3d.ts'
import { adaptiveMaxPool1d } from './adaptive-max-pool1d.ts'
import { adaptiveMaxPool2d } from './adaptive-max-pool2d.ts'
import { adaptiveMaxPool3d } from './adaptive-max-pool3d.ts'
import { attention } from './attention.ts'
import { averagePool1d } from './average-pool1d.ts'
import { averagePool2d } from './average-pool2d.ts'
import { averagePool3d } from './average-pool3d.ts'
import { batchNorm } from './batch-norm.ts'
import { celu } from './celu.ts'
import { convTranspose1d } from './conv-transpose1d.ts'
import { convTranspose2d } from './conv-transpose2d.ts'
import { convTranspose3d } from './conv-transpose3d.ts'
import { conv1d } from './conv1d.ts'
import { conv2d } from './conv2d.ts'
import { conv3d } from './conv3d.ts'
import { dense } from './dense.ts'
import { depthwiseConv2d } from './depthwise-conv2d.ts'
import { dropout } from './dropout.ts'
import { elu } from './elu.ts'
import { embedding } from './embedding.ts'
import { flatten } from './flatten.ts'
import { gelu } from './gelu.ts'
import { globalAveragePool } from './global-average-pool.ts'
import { globalMaxPool } from './global-max-pool.ts'
import { groupNorm } from './group-norm.ts'
import { gru } from './gru.ts'
import { hardSigmoid } from './hard-sigmoid.ts'
import { hardSwish } from './hard-swish.ts'
import { hardTanh } from './hard-tanh.ts'
import { instanceNorm } from './instance-norm.ts'
import { layerNorm } from './layer-norm.ts'
import type { BoundLayer, LayerDef } from './layer.ts'
import { leakyRelu } from './leaky-relu.ts'
import { lstm } from './lstm.ts'
import { maxPool1d } from './max-pool1d.ts'
import { maxPool2d } from './max-pool2d.ts'
import { maxPool3d } from './max-pool3d.ts'
import { mish } from './mish.ts'
import { pathDropout } from './path-dropout.ts'
import { position } from './position.ts'
import { prelu } from './prelu.ts'
import { relu } from './relu.ts'
import { relu6 } from './relu6.ts'
import { residual } from './residual.ts'
import { rmsNorm } from './rms-norm.ts'
import { rnn } from './rnn.ts'
import { selu } from './selu.ts'
import { separableConv2d } from './separable-conv2d.ts'
import { sigmoid } from './sigmoid.ts'
import { silu } from './silu.ts'
import { softplus } from './softplus.ts'
import { softsign } from './softsign.ts'
import { spatialDropout } from './spatial-dropout.ts'
import { squeezeExcite } from './squeeze-excite.ts'
import { bindLayer } from './support/bind.ts'
import { tanh } from './tanh.ts'
import { transformerDecoder } from './transformer-decoder.ts'
import { transformerEncoder } from './transformer-encoder.ts'
import { transformer } from './transformer.ts'
import { uNet } from './u-net.ts'

export const layers = {
  dense,
  conv1d,
  conv2d,
  conv3d,
  'conv-transpose1d': convTranspose1d,
  'conv-transpose2d': convTranspose2d,
  'conv-transpose3d': convTranspose3d,
  'depthwise-conv2d': depthwiseConv2d,
  'separable-conv2d': separableConv2d,
  'max-pool1d': maxPool1d,
  'max-pool2d': maxPool2d,
  'max-pool3d': maxPool3d,
  'average-pool1d': averagePool1d,
  'average-pool2d': averagePool2d,
  'average-pool3d': averagePool3d,
  'global-average-pool': globalAveragePool,
  'global-max-pool': globalMaxPool,
  'adaptive-average-pool1d': adaptiveAveragePool1d,
  'adaptive-average-pool2d': adaptiveAveragePool2d,
  'adaptive-average-pool3d': adaptiveAveragePool3d,
  'adaptive-max-pool1d': adaptiveMaxPool1d,
  'adaptive-max-pool2d': adaptiveMaxPool2d,
  'adaptive-max-pool3d': adaptiveMaxPool3d,
  'batch-norm': batchNorm,
  'layer-norm': layerNorm,
  'group-norm': groupNorm,
  'instance-norm': instanceNorm,
  'rms-norm': rmsNorm,
  relu,
  'leaky-relu': leakyRelu,
  prelu,
  relu6,
  elu,
  selu,
  celu,
  gelu,
  silu,
  mish,
  'hard-sigmoid': hardSigmoid,
  'hard-swish': hardSwish,
  'hard-tanh': hardTanh,
  softplus,
  softsign,
  tanh,
  sigmoid,
  dropout,
  'spatial-dropout': spatialDropout,
  'path-dropout': pathDropout,
  residual,
  'squeeze-excite': squeezeExcite,
  'u-net': uNet,
  embedding,
  rnn,
  lstm,
  gru,
  position,
  attention,
  'transformer-encoder': transformerEncoder,
  'transformer-decoder': transformerDecoder,
  transformer,
  flatten,
} satisfies Record<string, LayerDef>

export type LayerType = keyof typeof layers
/** A spec as it may be written: defaults left out. */
export type LayerSpec = { [T in LayerType]: z.input<(typeof layers)[T]['schema']> }[LayerType]

/** Parses an untrusted spec. Throws LatheError `usage` naming the field. */
export function layer(spec: LayerSpec | { readonly type: string }): BoundLayer {
  const def = (layers as Record<string, LayerDef | undefined>)[spec.type]
  if (!def) throw new LatheError('usage', `there is no layer '${spec.type}'; there are ${Object.keys(layers).join(', ')}`)
  return bindLayer(spec.type, def, spec, layer)
}
