// Translation: a text in one language from a text in another, learned from pairs.
import { tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { readText } from '../data/text/read.ts'
import type { DataSet } from '../data/types.ts'
import { argMaxOf } from '../metrics/predictions.ts'
import { model as modelDef } from '../models/index.ts'
import { tokensOf } from '../models/support/generation.ts'
import { reshape } from '../ops/build.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { explainedToken, nextTokenLoss, TOKEN_LOSSES, predictNextToken } from './support/next-token.ts'
import { need } from './support/one-class.ts'
import { lastStep, lengthMask } from './support/steps.ts'
import { embeddingWidth, shownToken, tokensShown } from './support/tokens.ts'
import type { TaskDef } from './task.ts'
import { boundsOf, pairFeatures, pairPadding, pairSet, pairTargets } from './translation/pair-set.ts'
import { searchTranslations } from './translation/search.ts'
import { translationRecipe } from './translation/translation-recipe.ts'
import { answerOf, scoreTranslation, TRANSLATION_METRICS } from './translation/translation-score.ts'

const ID = 'translation'

export const translation: TaskDef = {
  title: 'Translation',
  input: 'text',
  label: 'text',
  metrics: TRANSLATION_METRICS,
  models: ['translation-lstm', 'translation-transformer'],
  hits: 'accuracy',
  recipe: async (data, name) => {
    const chosen = name ?? 'translation-lstm'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return await translationRecipe(ID, chosen, data)
  },
  features: (config) => pairFeatures(inputOf('translation', config)),
  targets: (config) => pairTargets(inputOf('translation', config)),
  load: pairSet,
  padding: pairPadding,
  preprocess: (features, config) => {
    const { sourceLength, targetLength } = inputOf('translation', config)
    return { source: need(features, 'source'), mask: lengthMask(need(features, 'source_length'), sourceLength), written: need(features, 'written'), last: lastStep(need(features, 'written_length'), targetLength) }
  },
  losses: TOKEN_LOSSES,
  loss: nextTokenLoss,
  predict: predictNextToken,
  generate: searchTranslations,
  averaged: { logits: { kind: 'softmax', axis: 2 }, after: { kind: 'softmax', axis: 1 } },
  score: scoreTranslation,
  decode: (row, config, _classes, sample) => {
    const log = (row['generated_log_probability'] as Float32Array | undefined)?.[0]
    return { kind: 'translation', ...(sample && { source: readText(sample.bytes) }), text: answerOf(row['generated'], config), ...(log !== undefined && { probability: Math.exp(log) }) }
  },
  attribution: (config) => {
    const width = embeddingWidth(config)
    return { kind: 'tokens', height: 1, width: inputOf('translation', config).sourceLength, cell: (i) => Math.floor(i / width), baseline: null }
  },
  explainable: (config) => tokensOf(inputOf('translation', config).target),
  explained: explainedToken,
  explainedOf: (row) => argMaxOf(row['log_probabilities'] as Float32Array, 0, (row['log_probabilities'] as Float32Array).length),
  explainedName: (target, config) => `token ${JSON.stringify(shownToken(inputOf('translation', config).target, target))}`,
  attributionLabels: (features, config) => ({ rows: [''], columns: tokensShown(inputOf('translation', config).source, features['source'], Number(features['source_length']?.[0] ?? 0)) }),
  exported: {
    inputs: (graph, config) => {
      const { sourceLength, targetLength } = inputOf('translation', config)
      return {
        source: graph.input('source', 'int64', ['N', sourceLength]),
        source_length: reshape(graph.input('source_length', 'int64', ['N']), [-1, 1]),
        written: graph.input('written', 'int64', ['N', targetLength]),
        written_length: reshape(graph.input('written_length', 'int64', ['N']), [-1, 1]),
      }
    },
    describe: (config) => {
      const { sourceLength, targetLength, beam, lengthPenalty } = inputOf('translation', config)
      return {
        name: 'source',
        dtype: 'int64',
        layout: 'N, tokens',
        sourceLength,
        targetLength,
        search: { beam, lengthPenalty },
        preprocessing: 'outside the model: `source` by the tokenizer `tokenizer` of the metadata, `written` the answer so far by `target_tokenizer`, [BOS] first; padding 0 behind; `source_length` and `written_length` int64 [N] say how many are no padding',
      }
    },
    outputs: { log_probabilities: 'float32 [N, target vocabulary], of the token after what is written so far; [EOS] ends the answer' },
    feeds: (bytes, config) => {
      const input = inputOf('translation', config)
      const ids = loadTokenizer(input.source).encode(readText(bytes)).ids.slice(0, input.sourceLength)
      const [source, written] = [new BigInt64Array(input.sourceLength), new BigInt64Array(input.targetLength)]
      ids.forEach((id, i) => (source[i] = BigInt(id)))
      written[0] = BigInt(boundsOf(loadTokenizer(input.target)).start)
      return Promise.resolve(fed(config, source, BigInt(Math.max(1, ids.length)), written, 1n))
    },
    feedsOfRow: (set: DataSet, row, config) => {
      const { sourceLength, targetLength } = inputOf('translation', config)
      const out = { source: new BigInt64Array(sourceLength), source_length: new BigInt64Array(1), written: new BigInt64Array(targetLength), written_length: new BigInt64Array(1) }
      set.fill([row], out, null)
      return fed(config, out.source, out.source_length[0] ?? 0n, out.written, out.written_length[0] ?? 1n)
    },
    compare: ['log_probabilities'],
    metadata: (config) => {
      const { source, target } = inputOf('translation', config)
      return { tokenizer: JSON.stringify(source), target_tokenizer: JSON.stringify(target) }
    },
  },
}

function fed(config: Parameters<TaskDef['features']>[0], source: BigInt64Array, sourceLength: bigint, written: BigInt64Array, writtenLength: bigint): Record<string, ReturnType<typeof tensor>> {
  const input = inputOf('translation', config)
  return {
    source: tensor('int64', source, [1, input.sourceLength]),
    source_length: tensor('int64', BigInt64Array.of(sourceLength), [1]),
    written: tensor('int64', written, [1, input.targetLength]),
    written_length: tensor('int64', BigInt64Array.of(writtenLength), [1]),
  }
}
