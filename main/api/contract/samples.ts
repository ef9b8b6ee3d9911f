// Samples: the grid, counts, import and its undo, splits, removal.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { ImportRecord, SampleRow } from '../../../db/contract/records.ts'
import type { ImportPreview, ImportReport } from '../../../engine/contract/commands.ts'
import { classId, importId, runId, sampleId, type ClassId } from '../../../engine/contract/ids.ts'
import { split } from '../../../engine/contract/recipe.ts'
import { projectRef, typed } from './typed.ts'

const sampleFilter = z.object({
  class: z.union([classId, z.literal('none')]).optional(),
  split: z.union([split, z.literal('none')]).optional(),
  labelled: z.boolean().optional(),
  import: importId.optional(),
  search: z.string().max(200).optional(),
  run: runId.optional(),
  wrong: z.boolean().optional(),
  predicted: classId.optional(),
  suggested: z.boolean().optional(),
})
const sampleOrder = z.enum(['id', 'name', 'class', 'loss', 'confidence', 'queue'])
const ids = z.array(sampleId).min(1).max(100_000)

export interface SampleCounts {
  readonly total: number
  readonly labelled: number
  readonly byClass: readonly { readonly class: ClassId; readonly count: number }[]
  readonly bySplit: { readonly train: number; readonly val: number; readonly test: number; readonly none: number }
  /** Suggestions that wait for a person. */
  readonly suggested: number
}
export interface SplitReport {
  readonly train: number
  readonly val: number
  readonly test: number
  /** Samples whose exact pixels stand in another split too. */
  readonly leaks: number
}

export const samples = {
  list: oc.input(projectRef.extend({ filter: sampleFilter, order: sampleOrder, descending: z.boolean(), offset: z.int().min(0), limit: z.int().min(1).max(1000) })).output(typed<{ readonly total: number; readonly rows: readonly SampleRow[] }>()),
  /** All ids that match, in order: for select-all and previous/next. */
  ids: oc.input(projectRef.extend({ filter: sampleFilter, order: sampleOrder, descending: z.boolean() })).output(typed<readonly number[]>()),
  get: oc.input(projectRef.extend({ id: sampleId, run: runId.optional() })).output(typed<SampleRow>()),
  counts: oc.input(projectRef).output(typed<SampleCounts>()),
  import: oc.input(projectRef.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(100_000), format: z.string().default('auto'), ratio: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]).nullable(), as: z.enum(['copy', 'ref']).default('copy'), target: z.string().max(10_000).nullish() })).output(typed<ImportReport>()),
  /** What `import` of the same paths would store, skip and label; writes nothing. */
  preview: oc.input(projectRef.extend({ paths: z.array(z.string().min(1).max(4096)).min(1).max(100_000), format: z.string().default('auto') })).output(typed<ImportPreview>()),
  imports: oc.input(projectRef).output(typed<readonly ImportRecord[]>()),
  undoImport: oc.input(projectRef.extend({ id: importId })).output(typed<{ readonly removed: number }>()),
  split: oc.input(projectRef.extend({ by: z.enum(['random', 'stratified', 'group', 'time']), ratio: z.tuple([z.number().min(0), z.number().min(0), z.number().min(0)]), seed: z.int().min(0).max(2 ** 32 - 1) })).output(typed<SplitReport>()),
  remove: oc.input(projectRef.extend({ ids })).output(typed<{ readonly removed: number }>()),
  restore: oc.input(projectRef.extend({ ids })).output(typed<{ readonly restored: number }>()),
}
