// Results: evaluation, explanation and export of a run.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { BaselineRecord, EvaluationRecord, ExportRecord } from '../../../db/contract/records.ts'
import type { BaselineReport, Commands, Evaluation, Explanation, ExportResult, Inspection } from '../../../engine/contract/commands.ts'
import { generation } from '../../../engine/contract/generation.ts'
import { runId, sampleId } from '../../../engine/contract/ids.ts'
import { split } from '../../../engine/contract/recipe.ts'
import { projectRef, typed } from './typed.ts'

const one = projectRef.extend({ run: runId, checkpoint: z.enum(['best', 'last']).default('best') })
export const evaluate = {
  run: oc.input(one.extend({ split })).output(typed<Evaluation>()),
  /** The last evaluation of the run on this split; null when there is none yet. */
  latest: oc.input(projectRef.extend({ run: runId, split })).output(typed<EvaluationRecord | null>()),
  /** What the run says of texts that are no samples: how it continues or translates them. Nothing is stored. */
  texts: oc.input(one.extend({ texts: z.array(z.string().max(100_000)).min(1).max(16), generation: z.object(generation.shape).partial().default({}) })).output(typed<Commands['predict']['result']>()),
}
export const baseline = {
  /** Fits every shallow model of the task on the run's data and compares the best with the run. */
  run: oc.input(projectRef.extend({ run: runId.nullable(), split })).output(typed<BaselineReport>()),
  latest: oc.input(projectRef.extend({ run: runId, split })).output(typed<BaselineRecord | null>()),
  /** `name` of a shallow model, or `best`. */
  export: oc.input(projectRef.extend({ run: runId.nullable(), name: z.string().min(1).max(100), out: z.string().min(1).max(4096) })).output(typed<Commands['exportBaseline']['result']>()),
}
export const explain = {
  run: oc.input(projectRef.extend({ run: runId, sample: sampleId, method: z.string(), target: z.int().min(0).nullable(), options: z.record(z.string(), z.unknown()).default({}) })).output(typed<Explanation>()),
}
export const exports = {
  run: oc.input(one.extend({ out: z.string().min(1).max(4096), opset: z.int().min(13).max(26).default(18), precision: z.literal('fp32').default('fp32') })).output(typed<ExportResult>()),
  list: oc.input(projectRef).output(typed<readonly ExportRecord[]>()),
  inspect: oc.input(z.object({ path: z.string().min(1).max(4096) })).output(typed<Inspection>()),
}
