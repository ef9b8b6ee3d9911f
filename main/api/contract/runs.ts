// Runs: recipe, size before training, start, pause, resume, stop, extend, metrics.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { CheckpointRecord, RunRecord } from '../../../db/contract/records.ts'
import { MOST_MEMBERS } from '../../../engine/contract/ensemble.ts'
import type { Augmented, ModelSummary, OpenedModel, RecipeReason } from '../../../engine/contract/commands.ts'
import type { MetricPoint } from '../../../engine/contract/events.ts'
import { checkpointId, runId, sampleId } from '../../../engine/contract/ids.ts'
import { trainConfig, type TrainConfig } from '../../../engine/contract/recipe.ts'
import { tokenizerChoice } from '../../../engine/contract/tokenizer.ts'
import { projectRef, typed } from './typed.ts'

const one = projectRef.extend({ run: runId })
export interface Readiness {
  /** True when a run can start now. */
  readonly ready: boolean
  /** What is missing and what to do, one line each. */
  readonly problems: readonly string[]
  /** Worth knowing before starting: "class '7' has 3 samples". */
  readonly warnings: readonly string[]
}

export const runs = {
  /** `tokenizer`: what to ask of it, for tasks that train one. */
  recipe: oc.input(projectRef.extend({ model: z.string().nullable(), tokenizer: tokenizerChoice.optional() })).output(typed<TrainConfig>()),
  /** What of the data each setting of a recipe goes back to. */
  reasons: oc.input(projectRef.extend({ config: trainConfig })).output(typed<readonly RecipeReason[]>()),
  /** An ONNX file of this machine, or one that was uploaded. */
  openModel: oc.input(projectRef.extend({ path: z.string().min(1) })).output(typed<OpenedModel>()),
  summarize: oc.input(projectRef.extend({ config: trainConfig })).output(typed<ModelSummary>()),
  /** What the recipe's augmentation makes of one sample. */
  augment: oc.input(projectRef.extend({ config: trainConfig, sample: sampleId.nullable(), count: z.int().min(1).max(50).default(10) })).output(typed<Augmented>()),
  readiness: oc.input(projectRef).output(typed<Readiness>()),
  list: oc.input(projectRef).output(typed<readonly RunRecord[]>()),
  get: oc.input(one).output(typed<RunRecord>()),
  /** Returns as soon as the run exists; follow it by `system.watch`. */
  start: oc.input(projectRef.extend({ config: trainConfig, name: z.string().max(200).optional(), from: checkpointId.optional() })).output(typed<RunRecord>()),
  /** A run whose members are these; returns as soon as it exists. */
  combine: oc.input(projectRef.extend({ runs: z.array(runId).min(2).max(MOST_MEMBERS), name: z.string().trim().min(1).max(200).optional() })).output(typed<RunRecord>()),
  resume: oc.input(one).output(typed<RunRecord>()),
  /** More epochs for a finished, stopped or paused run, then goes on. */
  extend: oc.input(one.extend({ epochs: z.int().min(1).max(100_000) })).output(typed<RunRecord>()),
  pause: oc.input(one).output(typed<RunRecord>()),
  stop: oc.input(one).output(typed<RunRecord>()),
  rename: oc.input(one.extend({ name: z.string().trim().min(1).max(200) })).output(typed<RunRecord>()),
  remove: oc.input(one).output(typed<{ readonly ok: true }>()),
  metrics: oc.input(one.extend({ after: z.int().min(-1).default(-1) })).output(typed<readonly MetricPoint[]>()),
  checkpoints: oc.input(one).output(typed<readonly CheckpointRecord[]>()),
}
