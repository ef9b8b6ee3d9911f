// Default recipe for a translation, adapted to the two languages and how many pairs there are; every choice says why.
import { LatheError } from '../../contract/errors.ts'
import type { TranslationInput } from '../../contract/inputs/translation.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { bucketsWorth } from '../../data/buckets.ts'
import { readText } from '../../data/text/read.ts'
import { model as modelDef } from '../../models/index.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'
import type { TrainingData } from '../task.ts'
import { writingKind } from '../text/recipe.ts'

/** Pairs that the tokenizers are learned from. */
const READ = 50_000
/** Sequences to this length keep a step within what a CPU does in time. */
const MOST = 128

export async function translationRecipe(task: string, model: string, data: TrainingData): Promise<TrainConfig> {
  const pairs = (await data.read(READ)).flatMap(({ bytes, label }) => (label?.kind === 'text' ? [{ source: readText(bytes), target: label.text }] : []))
  if (pairs.length === 0) throw new LatheError('data', `a translation is learned from pairs; none of the ${data.samples} samples of the training split has its translation`)
  // Words that are met often become one token each, rare ones are spelled in parts; small data give few of either.
  const size = data.tokenizer?.size ?? Math.max(400, Math.min(8_000, Math.round(pairs.length / 8)))
  const kind = writingKind(task, data.tokenizer)
  const source = trainTokenizer(kind, pairs.map((p) => p.source), { size })
  const target = trainTokenizer(kind, pairs.map((p) => p.target), { size, special: ['start', 'end'] })
  const [from, to] = [loadTokenizer(source), loadTokenizer(target)]
  const lengths = pairs.map((p) => ({ source: from.encode(p.source).ids.length, target: to.encode(p.target).ids.length }))
  const input: TranslationInput = {
    kind: 'translation',
    source,
    target,
    sourceLength: reach(lengths.map((n) => n.source)),
    // One for the end token.
    targetLength: 1 + reach(lengths.map((n) => n.target)),
    beam: 1,
    lengthPenalty: 0.6,
  }
  const epochs = Math.max(5, Math.min(60, Math.round(75_000 / data.samples)))
  const batch = data.samples < 20_000 ? 32 : 64
  const transformer = model === 'translation-transformer'
  return {
    task,
    model,
    // Written out, so that a run stays what it was when defaults change.
    modelOptions: modelDef(model).options.parse({}) as Record<string, unknown>,
    input,
    epochs,
    batch,
    optimizer: 'adam',
    lr: transformer ? 1e-3 : 3e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0,
    dropout: 0.1,
    initializer: 'xavier-uniform',
    seed: 1,
    augment: null,
    earlyStopping: null,
    ...trainDefaults,
    buckets: bucketsWorth(lengths.map((n) => Math.max(n.source, n.target + 1)), Math.max(input.sourceLength, input.targetLength), epochs * Math.ceil(data.samples / batch)),
    // Recurrent networks meet steep places now and then.
    clipNorm: 1,
  }
}

/** Tokens that all but one text in a hundred keep within, and a quarter more for new ones. */
function reach(counts: readonly number[]): number {
  const lengths = counts.toSorted((a, b) => a - b)
  const most = lengths.at(-1) ?? 1
  const usual = lengths[Math.floor(0.99 * (lengths.length - 1))] ?? most
  return Math.max(1, Math.min(MOST, most <= 1.25 * usual ? most : Math.ceil(1.25 * usual)))
}
