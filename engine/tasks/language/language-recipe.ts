// Default recipe for a language model, adapted to how much text there is; every choice says why.
import type { LanguageInput } from '../../contract/inputs/language.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { LatheError } from '../../contract/errors.ts'
import { readText } from '../../data/text/read.ts'
import { model as modelDef } from '../../models/index.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { trainTokenizer } from '../../tokenize/train.ts'
import type { TrainingData } from '../task.ts'
import { writingKind } from '../text/recipe.ts'

/** Texts that the tokenizer is learned from. */
const READ = 20_000
/** With less text than this a network learns it by heart. In UTF-16 code units. */
const FEW = 2_000_000
/** Bytes, and the special tokens: what a vocabulary of subwords holds before it learns any. */
const LEAST_TOKENS = 280
const MOST_TOKENS = 4_000
/** Characters for each further subword: one that is met less often is learned badly. */
const PER_TOKEN = 900

export async function languageRecipe(task: string, model: string, data: TrainingData): Promise<TrainConfig> {
  const texts = (await data.read(READ)).map(({ bytes }) => readText(bytes)).filter((text) => text.trim() !== '')
  const characters = texts.reduce((sum, text) => sum + text.length, 0) * Math.max(1, data.samples / READ)
  if (characters < 2) throw new LatheError('data', `a language model needs text to learn from; the ${data.samples} samples of the training split are empty`)
  const few = characters < FEW
  // Subwords reach further back than characters at the same length, and no text is unknown to bytes.
  const tokenizer = trainTokenizer(writingKind(task, data.tokenizer), texts, { special: ['start'], size: data.tokenizer?.size ?? Math.min(MOST_TOKENS, Math.round(LEAST_TOKENS + characters / PER_TOKEN)) })
  const reader = loadTokenizer(tokenizer)
  const longest = texts.reduce((most, text) => Math.max(most, reader.encode(text).ids.length), 0)
  // A window longer than any text would be padding.
  const input: LanguageInput = { kind: 'language', tokenizer, length: Math.max(2, Math.min(64, longest)) }
  const transformer = model === 'language-transformer'
  return {
    task,
    model,
    // Written out, so that a run stays what it was when defaults change.
    modelOptions: modelDef(model).options.parse(few && !transformer ? { weightDropout: 0.6 } : {}) as Record<string, unknown>,
    input,
    epochs: epochs(characters, transformer ? 2_200_000 : 5_500_000),
    // Small batches: little text means few windows, and the number of updates is what counts.
    batch: few ? 16 : 32,
    // Weight decay apart from Adam's step sizes keeps the many weights of a memory small.
    optimizer: 'adamw',
    lr: transformer ? 2e-3 : 5e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0.02,
    labelSmoothing: 0,
    // A network learns a small text by heart: half of the memory's features are left out at each step, and more of what it tells itself.
    dropout: few ? (transformer ? 0.2 : 0.5) : 0.2,
    initializer: 'xavier-uniform',
    seed: 1,
    // Every window is another one in each epoch.
    augment: { kind: 'language', shift: true },
    earlyStopping: null,
    ...trainDefaults,
    // Recurrent networks meet steep places now and then.
    clipNorm: 1,
    // The mean over the last steps foretells better than any of them, and forgives a high rate.
    averaging: { kind: 'ema', decay: 0.995 },
  }
}

/** About the same number of updates for texts of any size, within reason: `read` characters in all. */
function epochs(characters: number, read: number): number {
  return Math.max(2, Math.min(60, Math.round(read / characters)))
}
