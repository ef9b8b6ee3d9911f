// Registry of model templates by name.
import { LatheError } from '../contract/errors.ts'
import { audioCnn } from './audio-cnn.ts'
import { audioCrnn } from './audio-crnn.ts'
import { audioDepthwiseCnn } from './audio-depthwise-cnn.ts'
import { autoencoderConv } from './autoencoder-conv.ts'
import { autoencoderDense } from './autoencoder-dense.ts'
import { autoencoderLstm } from './autoencoder-lstm.ts'
import { bagOfEmbeddings } from './bag-of-embeddings.ts'
import { cnn } from './cnn.ts'
import { crossEncoder } from './cross-encoder.ts'
import { deepMlp } from './deep-mlp.ts'
import { depthwiseCnn } from './depthwise-cnn.ts'
import { detector } from './detector.ts'
import { fcn } from './fcn.ts'
import { forecastMlp } from './forecast-mlp.ts'
import { forecastRnn } from './forecast-rnn.ts'
import { forecastTcn } from './forecast-tcn.ts'
import { forecastTransformer } from './forecast-transformer.ts'
import { matrixFactorisation } from './matrix-factorisation.ts'
import { imported } from './imported/imported.ts'
import { languageLstm } from './language-lstm.ts'
import { languageTransformer } from './language-transformer.ts'
import { mlp } from './mlp.ts'
import type { ModelDef } from './model.ts'
import { neuralCf } from './neural-cf.ts'
import { residualCnn } from './residual-cnn.ts'
import { translationLstm } from './translation-lstm.ts'
import { translationTransformer } from './translation-transformer.ts'
import { seriesCnn } from './series-cnn.ts'
import { seriesLstm } from './series-lstm.ts'
import { siameseEncoder } from './siamese-encoder.ts'
import { speakerCnn } from './speaker-cnn.ts'
import { speechCrnn } from './speech-crnn.ts'
import { tableMlp } from './table-mlp.ts'
import { tableResnet } from './table-resnet.ts'
import { taggerLstm } from './tagger-lstm.ts'
import { taggerTransformer } from './tagger-transformer.ts'
import { textCnn } from './text-cnn.ts'
import { textGru } from './text-gru.ts'
import { textLstm } from './text-lstm.ts'
import { textTransformer } from './text-transformer.ts'
import { twoTowers } from './two-towers.ts'
import { uNet } from './u-net.ts'

/** Name of the model whose body is a file of the project. */
export const IMPORTED = 'imported'

export const models = {
  cnn,
  mlp,
  'residual-cnn': residualCnn,
  'depthwise-cnn': depthwiseCnn,
  'deep-mlp': deepMlp,
  detector,
  'u-net': uNet,
  fcn,
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
  'language-lstm': languageLstm,
  'language-transformer': languageTransformer,
  'translation-lstm': translationLstm,
  'translation-transformer': translationTransformer,
  'text-lstm': textLstm,
  'text-gru': textGru,
  'text-transformer': textTransformer,
  'text-cnn': textCnn,
  'bag-of-embeddings': bagOfEmbeddings,
  'siamese-encoder': siameseEncoder,
  'cross-encoder': crossEncoder,
  'tagger-lstm': taggerLstm,
  'tagger-transformer': taggerTransformer,
  'audio-cnn': audioCnn,
  'audio-depthwise-cnn': audioDepthwiseCnn,
  'audio-crnn': audioCrnn,
  'speaker-cnn': speakerCnn,
  'speech-crnn': speechCrnn,
} satisfies Record<string, ModelDef>

/** Throws LatheError `usage` for an unknown name. `imported` is none of the templates: it takes a file. */
export function model(name: string): ModelDef {
  if (name === IMPORTED) return imported
  const found: ModelDef | undefined = (models as Record<string, ModelDef>)[name]
  if (!found) throw new LatheError('usage', `there is no model '${name}'; there are ${Object.keys(models).join(', ')}`)
  return found
}
