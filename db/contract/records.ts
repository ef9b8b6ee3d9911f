// Records of a project file as the rest of the app sees them.
import type { BaselineReport, Evaluation, ExportResult, ImportReport, Outputs, Parity } from '../../engine/contract/commands.ts'
import type { SerializedError } from '../../engine/contract/errors.ts'
import type { RunStatus } from '../../engine/contract/events.ts'
import type { NamedLabel, NumberedLabel } from '../../engine/contract/label.ts'
import type { CheckpointId, ClassId, DatasetVersionId, ExplanationId, ExportId, ImportId, RunId, SampleId } from '../../engine/contract/ids.ts'
import type { Split, TrainConfig } from '../../engine/contract/recipe.ts'

export interface ProjectInfo {
  readonly path: string
  readonly name: string
  readonly task: string
  /** `user_version` of the file: number of the last migration. */
  readonly version: number
  readonly createdAt: number
  readonly samples: number
  readonly labelled: number
  readonly classes: number
  readonly runs: number
  readonly bytes: number
  /** Provenance shown to the user, e.g. of a built-in sample. */
  readonly licence: string | null
  readonly readOnly: boolean
}

export interface ClassRecord {
  readonly id: ClassId
  readonly name: string
  /** Order of outputs, keys and colours. */
  readonly position: number
  readonly samples: number
}

/** `bytes` of the source are kept as they came; width and height are an image's after EXIF orientation, 0 of all else. */
export interface SampleRecord {
  readonly id: SampleId
  readonly name: string
  readonly sha256: string
  /** Where the bytes are when the sample was imported by reference. */
  readonly ref: string | null
  readonly bytes: number
  readonly mime: string
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly split: Split | null
  readonly import: ImportId
  /** Current class; null without one. */
  readonly class: ClassId | null
  /** Current label where it is more than one class, with class ids; null without one. */
  readonly label: NumberedLabel | null
  /** Facts for people and splits: `{ seconds, rate, group }`. */
  readonly meta: Readonly<Record<string, string | number>>
}
export type NewSample = Omit<SampleRecord, 'id' | 'class' | 'import' | 'label' | 'meta'> & { readonly data: Uint8Array | null; readonly className: string | null; readonly label?: NamedLabel | null; readonly meta?: SampleRecord['meta'] }

/** Filters of the samples grid; all that are given must hold. */
export interface SampleFilter {
  readonly class?: ClassId | 'none'
  readonly split?: Split | 'none'
  readonly labelled?: boolean
  readonly import?: ImportId
  /** Part of the name, case-insensitive. */
  readonly search?: string
  /** Joins the predictions of `run` (its last evaluation of any split). */
  readonly run?: RunId
  /** With `run`: only wrongly (true) or rightly (false) predicted samples. */
  readonly wrong?: boolean
  /** With `run`: only samples predicted as this class. */
  readonly predicted?: ClassId
  /** Only samples with an open suggestion (true), or without (false). */
  readonly suggested?: boolean
}
/** `queue`: what to label next first. */
export type SampleOrder = 'id' | 'name' | 'class' | 'loss' | 'confidence' | 'queue'

/** What a run says of a sample that nobody has labelled. */
export interface SuggestionRecord {
  readonly sample: SampleId
  readonly run: RunId
  readonly class: ClassId
  readonly probability: number
  /** Of the sample. */
  readonly split: Split | null
}

export interface SampleRow extends SampleRecord {
  /** Of a sample without a label; left out where there is none, or it was rejected. */
  readonly suggestion?: Omit<SuggestionRecord, 'sample' | 'split'>
  /** The beginning of a text or of a row's JSON, where the project holds it; null of all else. */
  readonly preview: string | null
  /** `class` and `probability` are null where the output is no class: `output` says it then. */
  readonly prediction: { readonly class: ClassId | null; readonly probability: number | null; readonly loss: number | null; readonly correct: boolean | null; readonly output: Outputs | null } | null
}

/** One entry of the append-only journal. A group is what one undo takes back. */
export interface AnnotationEvent {
  readonly seq: number
  readonly group: number
  readonly sample: SampleId
  readonly before: ClassId | null
  readonly after: ClassId | null
  /** Whether the part of the label that is no class changed. */
  readonly label: boolean
  readonly source: 'person' | 'import' | 'undo' | 'redo'
  readonly at: number
}

export interface ImportRecord {
  readonly id: ImportId
  readonly at: number
  readonly source: string
  readonly report: ImportReport
  readonly undone: boolean
}

/** Frozen: which samples with which labels in which split. `hash` is SHA-256 of the canonical manifest. */
export interface DatasetVersion {
  readonly id: DatasetVersionId
  readonly hash: string
  readonly createdAt: number
  readonly counts: Readonly<Record<Split, number>>
  readonly classes: readonly { readonly id: ClassId; readonly name: string }[]
}
export interface ManifestEntry {
  readonly sample: SampleId
  readonly sha256: string
  readonly split: Split
  /** Index into the version's `classes`; −1 where the label is no class. */
  readonly label: number
  /** With indices into the version's `classes`; null where the label is a class. */
  readonly target: NumberedLabel | null
}

export interface RunRecord {
  readonly id: RunId
  readonly name: string
  readonly status: RunStatus
  readonly config: TrainConfig
  readonly dataset: DatasetVersionId
  /** Run and checkpoint this one continues from. */
  readonly parent: CheckpointId | null
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  /** Training seconds summed over all sessions. */
  readonly seconds: number
  readonly epoch: number
  readonly step: number
  readonly parameters: number | null
  /** Suggestions it was trained on as if they were labels; left out where there are none. */
  readonly pseudo?: number
  /** Latest value by metric name, with `best/…` for the best checkpoint's. */
  readonly metrics: Readonly<Record<string, number>>
  readonly weightsHash: string | null
  readonly error: SerializedError | null
}

export interface CheckpointRecord {
  readonly id: CheckpointId
  readonly run: RunId
  readonly kind: 'last' | 'best'
  readonly epoch: number
  readonly step: number
  readonly metrics: Readonly<Record<string, number>>
  readonly weightsHash: string
  readonly at: number
}
/** All that resuming needs. Blobs are little-endian float32. */
export interface CheckpointState {
  readonly parameters: readonly { readonly name: string; readonly shape: readonly number[] }[]
  /** All parameters in the order of `parameters`. */
  readonly weights: Float32Array
  /** Optimizer state by name (`m`, `v`, `velocity`). */
  readonly optimizer: Readonly<Record<string, Float32Array>>
  /** JSON: step, epoch, position in the epoch, generator counters, schedule and early-stopping state, partial metric sums. */
  readonly position: Readonly<Record<string, unknown>>
}

export interface PredictionRecord {
  readonly sample: SampleId
  readonly split: Split
  /** Index of the class predicted and of the label, as in the dataset version; null where there is none. */
  readonly predicted: number | null
  readonly label: number | null
  /** Of the class predicted, or a confidence. */
  readonly probability: number | null
  readonly probabilities: Float32Array | null
  readonly loss: number | null
  readonly correct: boolean | null
  /** What was predicted where that is no class. */
  readonly output: Outputs | null
}

export interface ExplanationRecord {
  readonly id: ExplanationId
  readonly run: RunId
  readonly sample: SampleId
  readonly method: string
  readonly target: number
  readonly height: number
  readonly width: number
  readonly map: Float32Array
  readonly meta: Readonly<Record<string, unknown>>
  readonly at: number
}

export interface ExportRecord {
  readonly id: ExportId
  readonly run: RunId
  readonly path: string
  readonly bytes: number
  readonly opset: number
  readonly sha256: string
  readonly parity: Parity
  readonly metrics: ExportResult['metrics']
  readonly at: number
}

export type EvaluationRecord = Evaluation & { readonly at: number }
export type BaselineRecord = BaselineReport & { readonly at: number }

/** Weights at the end of a cycle. */
export interface SnapshotRecord {
  readonly run: RunId
  /** From 1. */
  readonly number: number
  readonly epoch: number
  readonly weightsHash: string
}
export type { Evaluation, ImportReport, Parity }
