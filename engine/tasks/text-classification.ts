// Text classification: one class for each text.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { readText } from '../data/text/read.ts'
import { model as modelDef } from '../models/index.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { oneClass, oneClassExport } from './support/one-class.ts'
import { tokenAttribution, tokenLabels } from './text/attribution.ts'
import { encodeText } from './text/encode.ts'
import { exportedText } from './text/exported-text.ts'
import { preprocessTokens } from './text/graph.ts'
import { tokenPadding } from './text/padding.ts'
import { readSamples } from './text/read-samples.ts'
import { LOOKED_AT, counted, lengthFor, textRecipe, tokenizerFor, widthFor, type Family } from './text/recipe.ts'
import { textAugmentation } from './text/text-augmentation.ts'
import { classifiedTokens, tokenSpecs } from './text/token-set.ts'
import type { TaskDef } from './task.ts'

const ID = 'text-classification'
const FAMILIES: Readonly<Record<string, Family>> = { 'text-lstm': 'recurrent', 'text-gru': 'recurrent', 'text-transformer': 'transformer', 'text-cnn': 'convolution', 'bag-of-embeddings': 'bag' }

function widths(family: Family, width: number): Record<string, number> {
  if (family === 'bag') return { embedding: width }
  if (family === 'convolution') return { embedding: width, filters: width }
  return family === 'recurrent' ? { embedding: width, units: width } : { features: width, hidden: 2 * width, heads: width / 16 }
}

export const textClassification: TaskDef = {
  ...oneClass,
  title: 'Text classification',
  input: 'text',
  models: Object.keys(FAMILIES),
  recipe: async (data, name) => {
    const chosen = name ?? 'text-lstm'
    const family = FAMILIES[chosen]
    if (!family || !modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    const texts = (await data.read(LOOKED_AT)).map((s) => readText(s.bytes))
    const json = tokenizerFor(texts, ['class'], data.tokenizer)
    const { counts, lengths, kind } = counted(json, texts)
    return textRecipe({ task: ID, model: chosen, modelOptions: widths(family, widthFor(json, data.samples)), input: { kind: 'text', tokenizer: json, counts, length: lengthFor(lengths, 1, kind) } }, family, { samples: data.samples, lengths: lengths.map((n) => n + 1) })
  },
  features: (config) => tokenSpecs(inputOf('text', config).length),
  load: async (request) => {
    const { tokenizer: json, length } = inputOf('text', request.config)
    const tokenizer = loadTokenizer(json)
    const rows = await readSamples(request, (bytes) => [encodeText(tokenizer, readText(bytes), length)])
    return classifiedTokens({ samples: request.samples, rows, length, tokenizer, augment: textAugmentation(request.config) })
  },
  padding: tokenPadding('text'),
  preprocess: preprocessTokens,
  attribution: (config) => tokenAttribution(config, inputOf('text', config).length),
  attributionLabels: (features, config) => tokenLabels(features, inputOf('text', config).tokenizer),
  exported: { ...exportedText, ...oneClassExport },
}
