// Commands of the engine process: arguments, progress events and result of each, and the messages that carry them.
import type { DrawnItem, SamplePreview } from './drawn.ts'
import type { SerializedError } from './errors.ts'
import type { TrainEvent, RunStatus } from './events.ts'
import type { ExperimentResult } from './experiments.ts'
import type { CheckpointId, ClassId, DatasetVersionId, ExplanationId, ExportId, ImportId, RunId, SampleId } from './ids.ts'
import type { Generation } from './generation.ts'
import type { Split, TrainConfig } from './recipe.ts'
import type { TokenizerChoice } from './tokenizer.ts'

export interface Progress {
  readonly done: number
  /** Null while the total is not known. */
  readonly total: number | null
  /** What is being done, for people: "decoding", "integrated gradients". */
  readonly stage: string
}

export interface ImportArgs {
  readonly project: string
  readonly paths: readonly string[]
  /** Name in engine/formats, or `auto`. */
  readonly format: string
  /** train/val/test shares that sum to 1; new samples stay without a split when null. */
  readonly ratio: readonly [number, number, number] | null
  readonly as: 'copy' | 'ref'
  readonly seed: number
  /** Column of a table to be learned; found by name or place where it is not given. */
  readonly target?: string | null
}
export interface Skipped {
  readonly path: string
  readonly reason: string
}
/** Reconciled: read = stored + duplicates + skipped.length. */
export interface ImportReport {
  readonly import: ImportId | null
  readonly read: number
  readonly stored: number
  readonly skipped: readonly Skipped[]
  readonly labelled: number
  readonly duplicates: number
  readonly seconds: number
  /** What the reader decided or met, for people: value range and label column of a CSV, labels too long to keep. */
  readonly notes?: readonly string[]
}

/** What an import of the same paths would do now; nothing is written. */
export type ImportPreview = ImportReport & { readonly classes: readonly { readonly name: string; readonly samples: number }[] }

export interface TrainResult {
  readonly run: RunId
  readonly status: RunStatus
  /** Epochs done in all. */
  readonly epochs: number
  readonly steps: number
  readonly seconds: number
  readonly metrics: Readonly<Record<string, number>>
  /** SHA-256 of all parameters in name order, little-endian f32; of the last weights. */
  readonly weightsHash: string
}

export interface Interval {
  readonly low: number
  readonly high: number
}
export interface Evaluation {
  readonly run: RunId
  readonly checkpoint: CheckpointId
  readonly split: Split
  readonly samples: number
  readonly metrics: Readonly<Record<string, number>>
  /** 95 % intervals, by metric name. */
  readonly intervals: Readonly<Record<string, Interval>>
  readonly classes: readonly { readonly id: ClassId; readonly name: string; readonly precision: number; readonly recall: number; readonly f1: number; readonly support: number; /** Of tasks that rank, detection and segmentation. */ readonly ap?: number; readonly ap50?: number; readonly iou?: number }[]
  /** confusion[label][predicted], indexed as `classes`. */
  readonly confusion: readonly (readonly number[])[]
}

/** Class names with their probabilities, most probable first; of other tasks an object that its `kind` explains. */
export type Outputs = readonly { readonly class: string; readonly probability: number }[] | { readonly kind: string; readonly [field: string]: unknown }

export interface Prediction {
  readonly input: string
  readonly outputs: Outputs
}

export interface PredictArgs {
  readonly project: string
  readonly run: RunId
  readonly checkpoint: 'best' | 'last'
  /** Files, folders, archives or tables. */
  readonly paths: readonly string[]
  /** Texts as they are, for tasks whose samples are texts. */
  readonly texts?: readonly string[] | undefined
  /** How texts are continued and answers searched for; defaults where left out. */
  readonly generation?: Partial<Generation> | undefined
}

/** What to label next, the first first. */
export interface QueueResult {
  readonly run: RunId
  readonly by: string
  /** Samples without a label. */
  readonly unlabelled: number
  readonly items: readonly { readonly sample: SampleId; readonly name: string; /** 0 for sure, 1 at most; a distance where the order is by features. */ readonly score: number; readonly reason: string }[]
  readonly skipped: readonly Skipped[]
}

export interface SuggestResult {
  readonly run: RunId
  readonly threshold: number
  readonly unlabelled: number
  /** Open suggestions. */
  readonly suggested: number
  readonly classes: readonly { readonly class: string; readonly samples: number }[]
  readonly skipped: readonly Skipped[]
}

export interface ExplainArgs {
  readonly project: string
  readonly run: RunId
  readonly sample: SampleId | null
  /** A file, when `sample` is null. */
  readonly path: string | null
  /** Name in engine/explain. */
  readonly method: string
  /** Class index to explain; the predicted one when null. */
  readonly target: number | null
  readonly options: Readonly<Record<string, unknown>>
}
/** What a map lies over: an image, words in a row, channels over time, frequencies over time, columns of a table. */
export type MapKind = 'image' | 'tokens' | 'series' | 'spectrogram' | 'columns'
export interface MapLabels {
  readonly rows?: readonly string[]
  readonly columns?: readonly string[]
}
export interface Explanation {
  readonly kind: MapKind
  /** Names of the map's rows and columns, where they have some. */
  readonly labels: MapLabels | null
  /** Null for inputs that are not samples of the project. */
  readonly id: ExplanationId | null
  readonly method: string
  /** `probability` is null where the task gives none. */
  readonly target: { readonly index: number; readonly class: string; readonly probability: number | null }
  /** Of all classes, in the order of the model's outputs. */
  readonly probabilities?: readonly { readonly class: string; readonly probability: number }[]
  readonly height: number
  readonly width: number
  /** Row-major attribution, height × width; signed for gradient methods, ≥ 0 for Grad-CAM. */
  readonly map: Float32Array
  readonly signed: boolean
  /** What a spectrogram's map lies over: the level of each cell, 0 to 255. */
  readonly backdrop?: readonly number[]
  /** |sum of attributions − (f(x) − f(baseline))| ÷ |f(x) − f(baseline)|; null where the method promises no completeness. */
  readonly completenessGap: number | null
  readonly trust: { readonly verdict: 'pass' | 'warn' | 'fail'; readonly reasons: readonly string[] }
}

export interface ExportArgs {
  readonly project: string
  readonly run: RunId
  readonly checkpoint: 'best' | 'last'
  readonly out: string
  readonly opset: number
  readonly precision: 'fp32'
}
export interface Parity {
  readonly maxAbsDiff: number
  readonly samples: number
  readonly batches: readonly number[]
  readonly tolerance: number
}
export interface ExportResult {
  readonly export: ExportId
  readonly path: string
  readonly bytes: number
  readonly opset: number
  readonly parity: Parity
  readonly metrics: Readonly<Record<string, number>>
  readonly sha256: string
}

export interface Inspection {
  readonly inputs: readonly { readonly name: string; readonly dtype: string; readonly shape: readonly (number | string)[] }[]
  readonly outputs: readonly { readonly name: string; readonly dtype: string; readonly shape: readonly (number | string)[] }[]
  readonly nodes: number
  readonly parameters: number
  readonly metadata: Readonly<Record<string, string>>
  readonly ops: readonly { readonly op: string; readonly domain: string; readonly count: number }[]
  readonly opset: number
  readonly irVersion: number
  readonly producer: string
}

export interface OpenedModel {
  readonly sha256: string
  readonly name: string
  /** Name in the file of what the new head reads. */
  readonly head: string
  /** Weights of the file, in its order; those that are not trainable are statistics and settings. */
  readonly parameters: readonly { readonly name: string; readonly size: number; readonly trainable: boolean }[]
  readonly config: TrainConfig
}

export interface ModelSummary {
  readonly parameters: number
  /** Bytes of the float32 weights. */
  readonly bytes: number
  /** Multiply-adds of one forward pass of one sample. */
  readonly multiplyAdds: number
  /** Bytes that the engine process will have at its peak while it trains, within a fifth; missing where the number of samples is not told. */
  readonly memory?: number
  readonly layers: readonly { readonly name: string; readonly type: string; readonly output: readonly (number | string)[]; readonly parameters: number; /** Parameters that stand still when training begins; missing where none do. */ readonly frozen?: number }[]
}

/** Why a setting of a recipe is as it is. */
export interface RecipeReason {
  readonly setting: string
  readonly value: string
  readonly why: string
}

/** Shallow models on a frozen split, the best first, beside the trained network. */
export interface BaselineReport {
  readonly split: Split
  /** The one that ranks: `test/accuracy`. */
  readonly metric: string
  readonly lowerIsBetter: boolean
  /** Hash of the dataset version. */
  readonly dataset: string
  readonly models: readonly {
    readonly name: string
    readonly title: string
    /** What it was given, and the settings chosen on the validation split. */
    readonly note: string
    readonly metrics: Readonly<Record<string, number>>
    readonly intervals: Readonly<Record<string, Interval>>
    readonly seconds: number
    /** Whether it can become an ONNX file. */
    readonly exportable: boolean
  }[]
  readonly deep: { readonly run: RunId; readonly name: string; readonly metrics: Readonly<Record<string, number>>; readonly intervals: Readonly<Record<string, Interval>> } | null
  /** Network − best shallow model, of samples drawn anew, the same for both; null without a network. */
  readonly difference: { readonly value: number; readonly interval: Interval; readonly samples: number; readonly real: boolean } | null
  readonly verdict: string
}

export interface Augmented {
  readonly sample: SampleId
  /** What the network is fed. */
  readonly original: DrawnItem
  readonly augmented: readonly DrawnItem[]
}

/** One entry a command: what goes in, what is told on the way, what comes out. */
export interface Commands {
  import: { args: ImportArgs; event: Progress; result: ImportReport }
  preview: { args: Pick<ImportArgs, 'project' | 'paths' | 'format'>; event: Progress; result: ImportPreview }
  /** The run's row exists (status queued, paused, stopped, crashed or failed); its config is read from there. `tuning`: the file of what was measured to be fastest on this machine. */
  train: { args: { readonly project: string; readonly run: RunId; readonly tuning?: string | undefined }; event: TrainEvent; result: TrainResult }
  evaluate: { args: { readonly project: string; readonly run: RunId; readonly split: Split; readonly checkpoint: 'best' | 'last' }; event: Progress; result: Evaluation }
  predict: { args: PredictArgs; event: Progress; result: { readonly predictions: readonly Prediction[]; readonly skipped: readonly Skipped[] } }
  /** `by`: name in engine/active, whose order is kept in the project; or `label-error`, which takes as long as three trainings. */
  queue: { args: { readonly project: string; readonly run: RunId; readonly by: string; readonly count: number }; event: Progress; result: QueueResult }
  /** Suggestions for unlabelled samples in the place of all earlier ones. */
  suggest: { args: { readonly project: string; readonly run: RunId; readonly threshold: number }; event: Progress; result: SuggestResult }
  explain: { args: ExplainArgs; event: Progress; result: Explanation }
  export: { args: ExportArgs; event: Progress; result: ExportResult }
  inspect: { args: { readonly path: string }; event: never; result: Inspection }
  /** On the frozen data of `run`, or of the data as they are. */
  baseline: { args: { readonly project: string; readonly run: RunId | null; readonly split: Split }; event: Progress; result: BaselineReport }
  /** `name` of a shallow model, or `best`. */
  exportBaseline: { args: { readonly project: string; readonly run: RunId | null; readonly name: string; readonly out: string }; event: Progress; result: Omit<ExportResult, 'export'> & { readonly name: string } }
  /** Keeps an ONNX file in the project and gives the recipe to fine-tune it: its body under a new head. */
  openModel: { args: { readonly project: string; readonly path: string }; event: never; result: OpenedModel }
  /** Size of a model before training; with `project` also of one that is a file of it. */
  summarize: { args: { readonly config: TrainConfig; readonly classes: number; /** Labelled ones. */ readonly samples?: number; readonly project?: string }; event: never; result: ModelSummary }
  /** What a fresh run of `task` would use on this project's data. */
  recipe: { args: { readonly project: string; readonly model: string | null; readonly tokenizer?: TokenizerChoice | undefined }; event: never; result: TrainConfig }
  /** What of the project's data each setting of a recipe goes back to. */
  reasons: { args: { readonly project: string; readonly config: TrainConfig }; event: never; result: readonly RecipeReason[] }
  /** Small real runs on built-in data, beside each other. */
  experiment: { args: { readonly id: 'vanishing-gradients'; readonly seed: number; readonly epochs: number }; event: Progress; result: ExperimentResult }
  /** One sample (the first labelled one when null) as `count` draws of the recipe's augmentation make it. */
  augment: { args: { readonly project: string; readonly config: TrainConfig; readonly sample: SampleId | null; readonly count: number }; event: never; result: Augmented }
  /** A few samples of the built-in data set `id`, so that they can be drawn. */
  samplePreview: { args: { readonly id: string }; event: never; result: SamplePreview }
  catalog: {
    args: Record<string, never>
    event: never
    result: {
      readonly tasks: readonly { readonly id: string; readonly title: string; readonly input: string; readonly metrics: readonly string[]; readonly losses: readonly string[]; readonly models: readonly string[] }[]
      /** `use`: when to choose it. `options`: JSON Schema of its `modelOptions`, every property with a default. */
      readonly models: readonly { readonly name: string; readonly title: string; readonly tasks: readonly string[]; readonly description: string; readonly use?: string; readonly options?: Readonly<Record<string, unknown>> }[]
      readonly methods: readonly { readonly name: string; readonly title: string; readonly tasks: readonly string[]; readonly description: string; readonly source: string }[]
      readonly samples: readonly { readonly id: string; readonly title: string; readonly task: string; /** All that it serves, `task` first. */ readonly tasks?: readonly string[]; readonly samples: number; readonly bytes: number; readonly licence: string; readonly description: string; readonly trainSeconds: number }[]
      readonly optimizers: readonly { readonly name: string; readonly title: string; readonly description: string }[]
      /** `options`: JSON Schema of `scheduleOptions`, every property with a default. */
      readonly schedules: readonly { readonly name: string; readonly title: string; readonly description: string; readonly options?: Readonly<Record<string, unknown>> }[]
      readonly initializers: readonly { readonly name: string; readonly title: string; readonly description: string }[]
      /** `options` as those of schedules. */
      readonly losses: readonly { readonly name: string; readonly title: string; readonly description: string; readonly options?: Readonly<Record<string, unknown>> }[]
      readonly formats: readonly { readonly name: string; readonly title: string; readonly description: string }[]
    }
  }
  // Of many samples these take seconds, which the main process does not have.
  /** Every sample into a split by seed; `leaks` as in the leak audit. */
  split: { args: { readonly project: string; readonly by: 'random' | 'stratified' | 'group' | 'time'; readonly ratio: readonly [number, number, number]; readonly seed: number }; event: never; result: { readonly train: number; readonly val: number; readonly test: number; readonly leaks: number } }
  /** A dataset version of the data as they are; where nothing is split yet, all is split 70/15/15 by `seed` first, stratified. */
  freeze: { args: { readonly project: string; readonly seed: number }; event: never; result: { readonly dataset: DatasetVersionId } }
  undoImport: { args: { readonly project: string; readonly import: ImportId }; event: never; result: { readonly removed: number } }
  /** Writes a built-in sample into an empty project. */
  sample: { args: { readonly project: string; readonly id: string }; event: Progress; result: ImportReport }
}
export type CommandName = keyof Commands

export type ToEngine =
  | { readonly type: 'call'; readonly id: number; readonly command: CommandName; readonly args: unknown }
  /** `cancel` gives up; `pause` and `stop` end a train call in good order with a checkpoint. */
  | { readonly type: 'control'; readonly id: number; readonly action: 'cancel' | 'pause' | 'stop' }

export type FromEngine =
  | { readonly type: 'ready'; readonly versions: Readonly<Record<string, string>>; readonly threads: number }
  | { readonly type: 'event'; readonly id: number; readonly event: unknown }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: SerializedError }
