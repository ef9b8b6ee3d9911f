// Guided experiment: a network of twenty sigmoid layers that learns nothing, and four remedies, each in a real run on the digits.
import type { ExperimentResult, ExperimentRun } from '../contract/experiments.ts'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import type { Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { DataSet, LoadSample } from '../data/types.ts'
import type { NewSample } from '../data/new-sample.ts'
import { Random } from '../data/random.ts'
import { network } from '../models/network.ts'
import { openSample, samples } from '../samples/index.ts'
import { task } from '../tasks/index.ts'
import { Evaluator } from '../train/evaluate.ts'
import { gradientFlow } from '../train/gradient-flow.ts'
import { train } from '../train/loop.ts'

const ID = 'image-classification'
const DEPTH = 20
const UNITS = 32
/** Samples whose gradients are measured. */
const MEASURED = 256

interface Variant {
  readonly id: string
  readonly title: string
  readonly why: string
  readonly options: Readonly<Record<string, unknown>>
  readonly initializer: string
}

/** The first is what fails; each of the others changes one thing of it. */
export const VARIANTS: readonly Variant[] = [
  { id: 'sigmoid', title: `${DEPTH} sigmoid layers`, why: 'A sigmoid passes on at most a quarter of a gradient. After twenty layers less than a billionth is left: the first layers never learn, and those behind them see the same for every digit.', options: { activation: 'sigmoid' }, initializer: 'xavier-normal' },
  { id: 'initializer', title: 'Initial weights for sigmoids', why: 'Weights four times as large make up for the quarter, orthogonal ones lose no direction, and each unit balanced around zero takes out the mean of one half that sigmoids give.', options: { activation: 'sigmoid' }, initializer: 'sigmoid-orthogonal' },
  { id: 'relu', title: 'ReLU', why: 'Where a ReLU is open it passes on the whole gradient; with weights drawn for it the signal keeps its size.', options: { activation: 'relu' }, initializer: 'he-normal' },
  { id: 'batch-norm', title: 'Batch normalisation', why: 'Each layer is brought back to one scale before its sigmoid, and gradients are scaled up again on their way back.', options: { activation: 'sigmoid', norm: 'batch-norm' }, initializer: 'xavier-normal' },
  { id: 'residual', title: 'Residual connections', why: 'What two layers make is added to what they were given: gradients have a way around every pair of layers.', options: { activation: 'sigmoid', residual: true }, initializer: 'xavier-normal' },
]

export interface ExperimentOptions {
  readonly seed?: number
  readonly epochs?: number
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

/** Same data, depth, width, optimizer, learning rate and number of passes for all. Throws LatheError `cancelled` by `signal`. */
export async function vanishingGradients({ seed = 1, epochs = 20, signal, onProgress }: ExperimentOptions = {}): Promise<ExperimentResult> {
  const digits: NewSample[] = []
  for await (const sample of openSample('digits')) digits.push(sample)
  const runs: ExperimentRun[] = []
  for (const [i, variant] of VARIANTS.entries()) {
    onProgress?.({ done: i, total: VARIANTS.length, stage: variant.title })
    runs.push(await one(variant, digits, { seed, epochs, signal }))
  }
  onProgress?.({ done: VARIANTS.length, total: VARIANTS.length, stage: 'done' })
  return { id: 'vanishing-gradients', sample: 'digits', licence: samples.digits.licence, depth: DEPTH, units: UNITS, epochs, seed, guess: 1 / samples.digits.classes.length, runs }
}

function recipe({ options, initializer }: Variant, seed: number, epochs: number): TrainConfig {
  return {
    ...trainDefaults,
    task: ID,
    model: 'deep-mlp',
    modelOptions: { depth: DEPTH, units: UNITS, ...options },
    input: { kind: 'image', height: 8, width: 8, channels: 1, mean: [0.305], std: [0.376] },
    epochs,
    batch: 32,
    // Adam would scale small gradients up again and so hide a part of the problem.
    optimizer: 'momentum',
    lr: 0.01,
    schedule: 'constant',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0,
    dropout: 0,
    initializer,
    seed,
    augment: null,
    earlyStopping: null,
    // A single steep step must not undo what a deep network has learned.
    clipNorm: 1,
  }
}

async function one(variant: Variant, digits: readonly NewSample[], { seed, epochs, signal }: { readonly seed: number; readonly epochs: number; readonly signal: AbortSignal | undefined }): Promise<ExperimentRun> {
  const config = recipe(variant, seed, epochs)
  const classes = samples.digits.classes
  const [trainSet, valSet, testSet] = await Promise.all((['train', 'val', 'test'] as const).map((split) => setOf(digits, split, config)))
  if (!trainSet || !valSet || !testSet) throw new LatheError('internal', 'the digits have no splits')
  const started = performance.now()
  const losses: number[] = []
  const kept: { best: Float32Array | null } = { best: null }
  const outcome = await train({
    config,
    classes,
    train: trainSet,
    val: valSet,
    resume: null,
    from: null,
    signals: { control: () => (signal?.aborted === true ? 'cancel' : 'run') },
    emit: (event) => {
      if (event.type !== 'metrics') return
      const point = event.points.findLast((p) => p.name === 'train/loss')
      if (point && event.points.some((p) => p.name === 'val/loss')) losses.push(point.value)
    },
    save: (kind, state) => {
      if (kind === 'best') kept.best = Float32Array.from(state.weights)
      return Promise.resolve()
    },
  })
  const weights: Float32Array = kept.best ?? outcome.state.weights
  const { metrics, intervals } = await measured(config, weights, testSet)
  const rows = new Random(seed, 'explain').shuffle(Int32Array.from({ length: trainSet.count }, (_, i) => i)).subarray(0, MEASURED)
  const atStart = await gradientFlow(config, classes.length, network(config, classes.length).initialWeights(seed), trainSet, rows)
  const atEnd = await gradientFlow(config, classes.length, weights, trainSet, rows)
  return {
    id: variant.id,
    title: variant.title,
    why: variant.why,
    config,
    accuracy: metrics['accuracy'] ?? NaN,
    interval: intervals['accuracy'] ?? { low: NaN, high: NaN },
    seconds: (performance.now() - started) / 1000,
    losses,
    gradients: atStart.map(({ name, gradient }, i) => ({ layer: name.replace(/\.weight$/, ''), start: gradient, end: atEnd[i]?.gradient ?? NaN })),
  }
}

async function measured(config: TrainConfig, weights: Float32Array, set: DataSet): Promise<Pick<ReturnType<ReturnType<typeof task>['score']>, 'metrics' | 'intervals'>> {
  const { classes } = samples.digits
  await using evaluator = await Evaluator.create(config, classes.length)
  const { outputs } = await evaluator.run(weights, set)
  return task(ID).score({ set, outputs, config, classes, seed: config.seed })
}

async function setOf(digits: readonly NewSample[], split: 'train' | 'val' | 'test', config: TrainConfig): Promise<DataSet> {
  const { classes } = samples.digits
  const own = digits.flatMap((sample, id): LoadSample[] => (sample.split === split ? [{ id, class: classes.indexOf(sample.className ?? ''), label: null }] : []))
  return await task(ID).load({ samples: own, others: [], read: (id) => digits[id]?.data ?? new Uint8Array(), config, classes, purpose: split === 'train' ? 'train' : 'evaluate' })
}
