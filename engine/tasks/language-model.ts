// Language model: what comes next in a text, token by token; it needs no labels.
import { tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import type { TensorData } from '../data/types.ts'
import { argMaxOf } from '../metrics/predictions.ts'
import { model as modelDef } from '../models/index.ts'
import { tokensOf as sizeOf } from '../models/support/generation.ts'
import { reshape } from '../ops/build.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { continueTexts } from './language/generate.ts'
import { languageRecipe } from './language/language-recipe.ts'
import { LANGUAGE_METRICS, scoreLanguage } from './language/language-score.ts'
import { languageFeatures, languageSet, languageTargets, readPrompt, tokensOf } from './language/language-set.ts'
import { explainedToken, nextTokenLoss, TOKEN_LOSSES, predictNextToken } from './support/next-token.ts'
import { need } from './support/one-class.ts'
import { lastStep } from './support/steps.ts'
import { embeddingWidth, shownToken, tokensShown } from './support/tokens.ts'
import type { TaskDef } from './task.ts'

const ID = 'language-model'
/** Next tokens that a prediction tells. */
const TOLD = 5

export const languageModel: TaskDef = {
  title: 'Language model',
  input: 'text',
  label: 'none',
  metrics: LANGUAGE_METRICS,
  models: ['language-lstm', 'language-transformer'],
  hits: 'accuracy',
  recipe: async (data, name) => {
    const chosen = name ?? 'language-lstm'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return await languageRecipe(ID, chosen, data)
  },
  features: (config) => languageFeatures(inputOf('language', config)),
  targets: (config) => languageTargets(inputOf('language', config)),
  load: languageSet,
  preprocess: (features, config) => ({ ids: need(features, 'ids'), last: lastStep(need(features, 'length'), inputOf('language', config).length) }),
  losses: TOKEN_LOSSES,
  loss: nextTokenLoss,
  predict: predictNextToken,
  generate: continueTexts,
  averaged: { logits: { kind: 'softmax', axis: 2 }, after: { kind: 'softmax', axis: 1 } },
  score: scoreLanguage,
  decode: (row, config, _classes, sample) => {
    const { tokenizer } = inputOf('language', config)
    const reader = loadTokenizer(tokenizer)
    const logs = row['log_probabilities'] as Float32Array
    const next = [...logs.keys()].sort((a, b) => (logs[b] ?? 0) - (logs[a] ?? 0)).slice(0, TOLD)
    const generated = row['generated'] as BigInt64Array | undefined
    return {
      kind: 'continuation',
      ...(sample && { prompt: readPrompt(sample.bytes) }),
      ...(generated && { text: reader.decode(Array.from(generated, Number)) }),
      next: next.map((id) => ({ token: shownToken(tokenizer, id), probability: Math.exp(logs[id] ?? -Infinity) })),
    }
  },
  cutInRows: true,
  attribution: (config) => {
    const width = embeddingWidth(config)
    return { kind: 'tokens', height: 1, width: inputOf('language', config).length, cell: (i) => Math.floor(i / width), baseline: null }
  },
  explainable: (config) => sizeOf(inputOf('language', config).tokenizer),
  explained: explainedToken,
  explainedOf: (row) => argMaxOf(row['log_probabilities'] as Float32Array, 0, (row['log_probabilities'] as Float32Array).length),
  explainedName: (target, config) => `next token ${JSON.stringify(shownToken(inputOf('language', config).tokenizer, target))}`,
  attributionLabels: (features, config) => ({ rows: [''], columns: tokensShown(inputOf('language', config).tokenizer, features['ids'], Number(features['length']?.[0] ?? 0)) }),
  exported: {
    inputs: (graph, config) => {
      const { length } = inputOf('language', config)
      return { ids: graph.input('ids', 'int64', ['N', length]), length: reshape(graph.input('length', 'int64', ['N']), [-1, 1]) }
    },
    describe: (config) => ({
      name: 'ids',
      dtype: 'int64',
      layout: 'N, tokens',
      tokens: inputOf('language', config).length,
      preprocessing: 'outside the model: the start token [BOS], then the text by the tokenizer of the metadata; of more tokens the last ones; padding 0 behind; `length` int64 [N] says how many are no padding',
    }),
    outputs: { log_probabilities: 'float32 [N, vocabulary], of the token after the last; to continue a text, draw one, append it and run again' },
    feeds: (bytes, config) => {
      const input = inputOf('language', config)
      const tokens = tokensOf(loadTokenizer(input.tokenizer), readPrompt(bytes)).slice(-input.length)
      const ids = new BigInt64Array(input.length)
      tokens.forEach((id, i) => (ids[i] = BigInt(id)))
      return Promise.resolve({ ids: tensor('int64', ids, [1, input.length]), length: tensor('int64', BigInt64Array.of(BigInt(tokens.length)), [1]) })
    },
    feedsOfRow: (set, row, config) => {
      const { length } = inputOf('language', config)
      const out = { ids: new BigInt64Array(length), length: new BigInt64Array(1) } satisfies Record<string, TensorData>
      set.fill([row], out, null)
      return { ids: tensor('int64', out.ids, [1, length]), length: tensor('int64', out.length, [1]) }
    },
    compare: ['log_probabilities'],
    metadata: (config) => ({ tokenizer: JSON.stringify(inputOf('language', config).tokenizer) }),
  },
}
