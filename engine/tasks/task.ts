// Task: what is learned from what; how samples become tensors, which loss and head they meet, and how well it went.
import type { Parts } from '../active/strategy.ts'
import type { MapKind, MapLabels, Outputs, Progress } from '../contract/commands.ts'
import type { Covered } from '../contract/drawn.ts'
import type { Generation } from '../contract/generation.ts'
import type { InputKind } from '../contract/input-kind.ts'
import type { LabelKind, NumberedLabel } from '../contract/label.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { TokenizerChoice } from '../contract/tokenizer.ts'
import type { Tensor } from '../compile/program.ts'
import type { DataSet, LoadSample, TensorData, TensorSpec } from '../data/types.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { ClassScores } from '../metrics/confusion.ts'
import type { Interval } from '../metrics/metric.ts'
import type { TaskLosses } from './support/chosen-loss.ts'

export type Values = Readonly<Record<string, Value>>

/** A sample with its bytes. */
export interface SourceSample extends LoadSample {
  readonly bytes: Uint8Array
}

/** What the default recipe adapts to. */
export interface TrainingData {
  /** Labelled samples of the training split; before the first split, about as many as it will have. */
  readonly samples: number
  /** Class names in order. */
  readonly classes: readonly string[]
  /** Samples of each class, in that order. */
  readonly counts: readonly number[]
  /** Median of what the project knows of them; 0 where that says nothing (text). */
  readonly height: number
  readonly width: number
  /** 1 where all are grey. */
  readonly channels: 1 | 3
  /** What was asked of the tokenizer, for tasks that train one. */
  readonly tokenizer?: TokenizerChoice
  /** At most `most` of them, evenly spaced, always the same. What cannot be read is left out. */
  read(most: number): Promise<readonly SourceSample[]>
}

export interface LoadRequest {
  readonly samples: readonly LoadSample[]
  /** Of the other splits of the same data: a window of a series looks back into them. */
  readonly others: readonly LoadSample[]
  read(id: number): Promise<Uint8Array> | Uint8Array
  readonly config: TrainConfig
  readonly classes: readonly string[]
  /** `validate`: the loss of epochs; `evaluate`: all metrics. */
  readonly purpose: 'train' | 'validate' | 'evaluate' | 'predict'
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface LossRequest {
  /** Of the network. */
  readonly outputs: Values
  readonly targets: Values
  /** Features as fed. */
  readonly features: Values
  /** Float [N]: 1, or 0 for padding of the batch. */
  readonly rows: Value
  readonly config: TrainConfig
  readonly classes: number
  readonly classWeights: readonly number[] | null
}
export interface TaskLoss {
  /** Scalar to make small: a mean over real rows. */
  readonly objective: Value
  /** Scalar to report: the plain loss of each real row, summed. */
  readonly sum: Value
  /** Scalar: how many real rows were right, or the sum of their shares; divided by rows it is the metric `hits`. */
  readonly correct: Value
}

export interface PredictRequest {
  readonly outputs: Values
  readonly features: Values
  /** Null in an exported file. */
  readonly targets: Values | null
  readonly config: TrainConfig
  readonly classes: number
}

/** Outputs of inference for all rows: `data` is row-major, `shape` of one row. */
export type RawOutputs = Readonly<Record<string, { readonly shape: readonly number[]; readonly data: TensorData }>>

export interface ScoreRequest {
  readonly set: DataSet
  readonly outputs: RawOutputs
  readonly config: TrainConfig
  readonly classes: readonly string[]
  /** Of the bootstrap. */
  readonly seed: number
}
/** How one row went. */
export interface ScoredRow {
  /** Index of the predicted class; null where the output is no class. */
  readonly predicted: number | null
  /** Of the predicted class, or a confidence between 0 and 1; null without one. */
  readonly probability: number | null
  /** Of all classes; null where the output is no class. */
  readonly probabilities: Float32Array | null
  readonly loss: number | null
  /** Null where that cannot be said. */
  readonly correct: boolean | null
  /** As `decode` gives it; null where probabilities say it all. */
  readonly output: Outputs | null
}
export interface Score {
  /** Labelled rows. */
  readonly samples: number
  /** By bare name: `accuracy`. */
  readonly metrics: Readonly<Record<string, number>>
  /** 95 %. */
  readonly intervals: Readonly<Record<string, Interval>>
  /** Empty where there are no classes. */
  readonly classes: readonly ClassScores[]
  /** confusion[label][predicted]; empty where a row has not exactly one class. */
  readonly confusion: readonly (readonly number[])[]
  /** One for each row of the set. */
  readonly rows: readonly ScoredRow[]
}

export interface GenerateRequest {
  readonly set: DataSet
  readonly config: TrainConfig
  readonly classes: readonly string[]
  readonly purpose: 'evaluate' | 'predict'
  readonly options: Generation
  /** One run of the network on any number of rows: from features, row after row, to what the exported file gives. */
  step(features: Readonly<Record<string, TensorData>>, rows: number): Promise<Readonly<Record<string, Tensor>>>
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress) => void
}

export interface ExportDef {
  /** Adds the file's inputs to its graph, batch first and symbolic, and gives the features made of them. */
  inputs(graph: Graph, config: TrainConfig): Values
  /** What the file's `input` metadata says, as JSON. */
  describe(config: TrainConfig): Readonly<Record<string, unknown>>
  /** Meaning of each output, for the file's `outputs` metadata. */
  readonly outputs: Readonly<Record<string, string>>
  /** What the file is fed for one sample, from its own bytes: tensors with a leading 1. */
  feeds(bytes: Uint8Array, config: TrainConfig): Promise<Readonly<Record<string, Tensor>>>
  /** The same for one row of a set, where a sample alone makes no row (a window of a series); used instead where given. Null leaves the row out. */
  feedsOfRow?(set: DataSet, row: number, config: TrainConfig): Readonly<Record<string, Tensor>> | null
  /** Outputs that the parity check compares, of `outputs` and of `predict`'s by the same name. */
  readonly compare: readonly string[]
  /** Graph outputs of the file; `predict` where left out. */
  graphOutputs?(request: PredictRequest): Values
  /** Further metadata: a tokenizer, thresholds. */
  metadata?(config: TrainConfig): Readonly<Record<string, string>>
}

/**
 * How an output of several networks becomes one: `softmax` and `sigmoid` for logits whose probabilities are averaged, `mean` for numbers,
 * `direction` for vectors that are compared by their cosine, `same` for what comes from the input alone.
 */
export type Averaging = { readonly kind: 'softmax'; readonly axis: number } | { readonly kind: 'sigmoid' | 'mean' | 'direction' | 'same' }

/** A map of height × width cells over the tapped tensor of one row. */
export interface AttributionMap {
  readonly kind: MapKind
  readonly height: number
  readonly width: number
  /** Cell, row by row, of element `i` of the tapped tensor; −1 for one that is in none. */
  cell(i: number): number
  /** Where integrated gradients start, as long as the tapped tensor; null for zeros. */
  readonly baseline: Float32Array | null
}

export interface TaskDef {
  readonly title: string
  /** What a sample is. */
  readonly input: InputKind
  /** What a person gives a sample. */
  readonly label: LabelKind
  /** Bare names, the first the one to rank by. */
  readonly metrics: readonly string[]
  /** Names in engine/models, the first the default. */
  readonly models: readonly string[]
  /** What a recipe may train with: the task's own first. */
  readonly losses: TaskLosses
  /** Name after `train/` and `val/` of what `TaskLoss.correct` counts; null where it counts nothing of use. */
  readonly hits: string | null
  /** Samples of one source make one row: the steps of a series. */
  readonly together?: boolean
  /** Fewest classes that training needs samples of; 2 where left out. Only of tasks with one class a row. */
  readonly leastClasses?: number
  /** Metric that chooses the best checkpoint; `val/loss` where left out. */
  readonly monitor?: string
  /** The recipe a fresh run uses. Throws LatheError `usage` for a model that does not serve this task, `data` for data that cannot be learned from. */
  recipe(data: TrainingData, model: string | null): Promise<TrainConfig>
  /** What the network's side of the graph is fed. */
  features(config: TrainConfig): Readonly<Record<string, TensorSpec>>
  targets(config: TrainConfig, classes: number): Readonly<Record<string, TensorSpec>>
  load(request: LoadRequest): Promise<DataSet>
  /** Where rows are sequences that batches may pad to fewer steps (sets have `lengths`): the full length of a recipe, and the recipe with another. */
  /** Whether a sample is cut into rows of its own, any number of them. */
  readonly cutInRows?: true
  readonly padding?: { full(config: TrainConfig): number; to(config: TrainConfig, steps: number): TrainConfig }
  /** Nodes from features to what the network takes: the same for training, explanation and the exported file. */
  preprocess(features: Values, config: TrainConfig): Values
  loss(request: LossRequest): TaskLoss
  /** What inference gives, each [N, …]. */
  predict(request: PredictRequest): Values
  /** Values of parameters that are not trained but chosen on the validation split after each epoch, by name: a threshold. */
  calibrate?(request: Pick<ScoreRequest, 'set' | 'outputs'>): Readonly<Record<string, Float32Array>>
  /** Outputs that take many runs of the network, each on what the last one gave: a sequence made token by token. They join those of `predict`. */
  generate?(request: GenerateRequest): Promise<RawOutputs>
  /** How the networks of an ensemble answer as one, for each output that a network of the task may have; left out where outputs have no mean that is an answer. */
  readonly averaged?: Readonly<Record<string, Averaging>>
  /** All metrics with 95 % intervals. Throws LatheError `data` where no row is labelled. */
  score(request: ScoreRequest): Score
  /** One row of `predict`'s outputs for people and automation. */
  decode(row: Readonly<Record<string, TensorData>>, config: TrainConfig, classes: readonly string[], sample: SourceSample | null): Outputs
  /** Probabilities of one row of `predict`'s outputs, for telling how sure they are; left out where there are none. */
  readonly parts?: (row: Readonly<Record<string, TensorData>>, config: TrainConfig) => Parts
  /** How attributions to the network's tapped tensor are shown. */
  attribution(config: TrainConfig): AttributionMap
  /** How many scalars of a row can be explained; its classes, or 1, where left out. */
  explainable?(config: TrainConfig, classes: number): number
  /** The scalar [N] of the one-hot `target` [1, explainable]; the logit of the class where left out. */
  explained?(outputs: Values, target: Value, config: TrainConfig): Value
  /** Which scalar to explain where nobody says; the most probable class where left out. */
  explainedOf?(row: Readonly<Record<string, TensorData>>, config: TrainConfig): number
  /** Names of the map's rows and columns for one sample: tokens, channels, columns of a table. */
  attributionLabels?(features: Readonly<Record<string, TensorData>>, config: TrainConfig): MapLabels
  /** What is drawn beside the features of one row, filled with its targets: boxes or a mask over the pixels, what masks cover of a recording. */
  drawn?(row: Readonly<Record<string, TensorData>>, config: TrainConfig): { readonly label?: NumberedLabel; readonly covered?: readonly Covered[] }
  /** What a target is called; the class's name where left out. */
  explainedName?(target: number, config: TrainConfig): string
  readonly exported: ExportDef
}
