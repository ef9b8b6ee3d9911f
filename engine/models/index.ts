// Registry of model templates by name.
import { LatheError } from '../contract/errors.ts'
import { autoencoderConv } from './autoencoder-conv.ts'
import { autoencoderDense } from './autoencoder-dense.ts'
import { autoencoderLstm } from './autoencoder-lstm.ts'
import { cnn } from './cnn.ts'
import { depthwiseCnn } from './depthwise-cnn.ts'
import { forecastMlp } from './forecast-mlp.ts'
import { forecastRnn } from './forecast-rnn.ts'
import { forecastTcn } from './forecast-tcn.ts'
import { forecastTransformer } from './forecast-transformer.ts'
import { matrixFactorisation } from './matrix-factorisation.ts'
import { mlp } from './mlp.ts'
import type { ModelDef } from './model.ts'
import { neuralCf } from './neural-cf.ts'
import { residualCnn } from './residual-cnn.ts'
import { seriesCnn } from './series-cnn.ts'
import { seriesLstm } from './series-lstm.ts'
import { tableMlp } from './table-mlp.ts'
import { tableResnet } from './table-resnet.ts'
import { twoTowers } from './two-towers.ts'

export const models = {
  cnn,
  mlp,
  'residual-cnn': residualCnn,
  'depthwise-cnn': depthwiseCnn,
  'forecast-mlp': forecastMlp,
  'forecast-tcn': forecastTcn,
  'forecast-rnn': forecastRnn,
  'forecast-transformer': forecastTransformer,
  'series-cnn': seriesCnn,
  'series-lstm': seriesLstm,
  'autoencoder-conv': autoencoderConv,
  'autoencoder-dense': autoencoderDense,
  'autoencoder-lstm': autoencoderLstm,
  'table-mlp': tableMlp,
  'table-resnet': tableResnet,
  'matrix-factorisation': matrixFactorisation,
  'two-towers': twoTowers,
  'neural-cf': neuralCf,
} satisfies Record<string, ModelDef>

/** Throws LatheError `usage` for an unknown name. */
export function model(name: string): ModelDef {
  const found: ModelDef | undefined = (models as Record<string, ModelDef>)[name]
  if (!found) throw new LatheError('usage', `there is no model '${name}'; there are ${Object.keys(models).join(', ')}`)
  return found
}
