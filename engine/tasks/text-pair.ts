// Text pair: how two texts relate, one class for each pair.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { readPair } from '../data/text/read.ts'
import { model as modelDef } from '../models/index.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { oneClass, oneClassExport } from './support/one-class.ts'
import { tokenAttribution, tokenLabels } from './text/attribution.ts'
import { encodeJoint, encodeText } from './text/encode.ts'
import { glueScore } from './text/glue-score.ts'
import { exportedPair } from './text/exported-text.ts'
import { preprocessTokens } from './text/graph.ts'
import { tokenPadding } from './text/padding.ts'
import { readSamples } from './text/read-samples.ts'
import { LOOKED_AT, counted, lengthFor, textRecipe, tokenizerFor, widthFor } from './text/recipe.ts'
import { textAugmentation } from './text/text-augmentation.ts'
import { classifiedTokens, tokenSpecs } from './text/token-set.ts'
import type { TaskDef } from './task.ts'

const ID = 'text-pair'

export const textPair: TaskDef = {
  ...oneClass,
  title: 'Text pair classification',
  input: 'text-pair',
  models: ['siamese-encoder', 'cross-encoder'],
  recipe: async (data, name) => {
    const chosen = name ?? 'siamese-encoder'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    const pairs = (await data.read(LOOKED_AT)).map((s) => readPair(s.bytes))
    const json = tokenizerFor(pairs.flatMap(({ a, b }) => [a, b]), ['class', 'separator'], data.tokenizer)
    const { counts, lengths, kind } = counted(json, pairs.flatMap(({ a, b }) => [a, b]))
    const joint = chosen === 'cross-encoder'
    const both = pairs.map((_, i) => [lengths[2 * i] ?? 0, lengths[2 * i + 1] ?? 0] as const)
    const length = joint ? lengthFor(both.map(([a, b]) => a + b), 3, kind) : lengthFor(lengths, 1, kind)
    const own = both.map(([a, b]) => (joint ? a + b + 3 : Math.max(a, b) + 1))
    const width = Math.max(48, widthFor(json, data.samples))
    const modelOptions = joint ? { features: width, hidden: 2 * width, heads: width / 16 } : { embedding: width, units: width, dense: 2 * width }
    return textRecipe({ task: ID, model: chosen, modelOptions, input: { kind: 'text-pair', tokenizer: json, counts, layout: joint ? 'joint' : 'separate', length } }, joint ? 'transformer' : 'recurrent', { samples: data.samples, lengths: own }, { updates: 3_500 })
  },
  features: (config) => {
    const { length, layout } = inputOf('text-pair', config)
    return tokenSpecs(length, layout === 'joint' ? 1 : 2)
  },
  load: async (request) => {
    const { tokenizer: json, length, layout } = inputOf('text-pair', request.config)
    const tokenizer = loadTokenizer(json)
    const rows = await readSamples(request, (bytes) => {
      const pair = readPair(bytes)
      return layout === 'joint' ? [encodeJoint(tokenizer, pair, length)] : [pair.a, pair.b].map((text) => encodeText(tokenizer, text, length))
    })
    return classifiedTokens({ samples: request.samples, rows, length, tokenizer, augment: textAugmentation(request.config) }, layout === 'joint' ? 1 : 2)
  },
  padding: tokenPadding('text-pair'),
  preprocess: preprocessTokens,
  score: glueScore,
  attribution: (config) => {
    const { length, layout } = inputOf('text-pair', config)
    return tokenAttribution(config, layout === 'joint' ? length : 2 * length)
  },
  attributionLabels: (features, config) => tokenLabels(features, inputOf('text-pair', config).tokenizer),
  exported: { ...exportedPair, ...oneClassExport },
}
