// Text tagging: spans of a text that have a class: names, dates, phrases.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { readText } from '../data/text/read.ts'
import { model as modelDef } from '../models/index.ts'
import { loadTokenizer } from '../tokenize/load.ts'
import { classOfTag } from '../data/text/bio.ts'
import { tokenAttribution, tokenLabels } from './text/attribution.ts'
import { exportedText } from './text/exported-text.ts'
import { preprocessTokens } from './text/graph.ts'
import { tokenPadding } from './text/padding.ts'
import { LOOKED_AT, chooseKind, counted, lengthFor, textRecipe, tokenizerFor, widthFor } from './text/recipe.ts'
import { tokenSpecs } from './text/token-set.ts'
import { explainedClass, predictTags, TAGGING_LOSSES, taggingLoss } from './tagging/graph.ts'
import { placesOf, tagSet } from './tagging/tag-set.ts'
import { namedSpans, scoreTags, TAGGING_METRICS } from './tagging/tagging-score.ts'
import type { TaskDef } from './task.ts'

const ID = 'text-tagging'

export const textTagging: TaskDef = {
  title: 'Text tagging',
  input: 'text',
  label: 'spans',
  metrics: TAGGING_METRICS,
  models: ['tagger-lstm', 'tagger-transformer'],
  hits: 'token_accuracy',
  recipe: async (data, name) => {
    const chosen = name ?? 'tagger-lstm'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    const texts = (await data.read(LOOKED_AT)).map((s) => readText(s.bytes))
    // Capitals tell names; parts of words know something of names never met.
    const json = tokenizerFor(texts, ['class'], data.tokenizer, { usual: chooseKind(texts) === 'character' ? 'character' : 'wordpiece', lowercase: false })
    const { counts, lengths, kind } = counted(json, texts)
    const width = widthFor(json, data.samples)
    const recurrent = chosen === 'tagger-lstm'
    const modelOptions = recurrent ? { embedding: width, units: width } : { features: width, hidden: 2 * width, heads: width / 16 }
    return {
      ...textRecipe({ task: ID, model: chosen, modelOptions, input: { kind: 'text', tokenizer: json, counts, length: lengthFor(lengths, 1, kind) } }, recurrent ? 'recurrent' : 'transformer', { samples: data.samples, lengths: lengths.map((n) => n + 1) }, recurrent ? { updates: 600 } : {}),
      labelSmoothing: 0,
      // Every token is an example: a tagger needs fewer updates than a classifier.
      // A name stays a name when it is read as unknown: what stands around it must tell.
      augment: { kind: 'text', wordDropout: 0.05, swap: 0 },
    }
  },
  features: (config) => tokenSpecs(inputOf('text', config).length),
  targets: (config) => ({ gold: { dtype: 'int64', shape: [inputOf('text', config).length] } }),
  load: tagSet,
  padding: tokenPadding('text'),
  preprocess: preprocessTokens,
  losses: TAGGING_LOSSES,
  loss: taggingLoss,
  predict: predictTags,
  // Of log potentials: the product of the networks' distributions over rows of tags.
  averaged: { emissions: { kind: 'mean' }, transitions: { kind: 'mean' }, start: { kind: 'mean' }, end: { kind: 'mean' } },
  score: scoreTags,
  decode: (row, config, classes, sample) => {
    const tags = row['tags'] as BigInt64Array
    if (!sample) return { kind: 'spans', spans: [], tags: Array.from(tags, Number) }
    const { tokenizer, length } = inputOf('text', config)
    const text = readText(sample.bytes)
    return { kind: 'spans', text, spans: namedSpans(text, placesOf(loadTokenizer(tokenizer), text, length), tags, row['confidence'] as Float32Array, classes) }
  },
  // The class token's is no tag; padding has none.
  parts: (row) => ({ data: (row['confidence'] as Float32Array).subarray(1).filter((p) => p > 0), width: 1, fold: 'most' }),
  attribution: (config) => tokenAttribution(config, inputOf('text', config).length),
  attributionLabels: (features, config) => tokenLabels(features, inputOf('text', config).tokenizer),
  explained: explainedClass,
  /** The class of most tokens. */
  explainedOf: (row) => {
    const counts = new Map<number, number>()
    for (const tag of row['tags'] as BigInt64Array) if (tag > 0n) counts.set(classOfTag(Number(tag)), (counts.get(classOfTag(Number(tag))) ?? 0) + 1)
    return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0
  },
  exported: {
    ...exportedText,
    outputs: { tags: 'int64 [N, tokens]: 0 outside, 1 + 2c begins class c, 2 + 2c goes on with it; the best row of tags (Viterbi inside)', confidence: 'float32 [N, tokens], marginal probability of each tag' },
    compare: ['confidence'],
  },
}
