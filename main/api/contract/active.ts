// Active: what to label next; suggestions of a run, accepted or rejected by a person.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { SuggestionRecord } from '../../../db/contract/records.ts'
import type { QueueResult, SuggestResult } from '../../../engine/contract/commands.ts'
import { runId, sampleId } from '../../../engine/contract/ids.ts'
import type { UndoState } from './labels.ts'
import { projectRef, typed } from './typed.ts'

const of = projectRef.extend({ run: runId })
const some = projectRef.extend({ samples: z.array(sampleId).min(1).max(100_000) })

export const active = {
  queue: oc.input(of.extend({ by: z.string().max(100).default('margin'), count: z.int().min(1).max(100_000).default(100) })).output(typed<QueueResult>()),
  suggest: oc.input(of.extend({ threshold: z.number().min(0).max(1).default(0.95) })).output(typed<SuggestResult>()),
  /** Open ones, the surest first. */
  suggestions: oc.input(projectRef).output(typed<readonly SuggestionRecord[]>()),
  accept: oc.input(some).output(typed<{ readonly changed: number; readonly state: UndoState }>()),
  reject: oc.input(some.extend({ rejected: z.boolean().default(true) })).output(typed<{ readonly changed: number }>()),
  clear: oc.input(projectRef).output(typed<{ readonly changed: number }>()),
}
