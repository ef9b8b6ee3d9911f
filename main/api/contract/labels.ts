// Labels: classes, assignment, undo and redo over the journal, history, CSV.
import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { AnnotationEvent, ClassRecord } from '../../../db/contract/records.ts'
import { storedLabel } from '../../../engine/contract/label.ts'
import { classId, sampleId } from '../../../engine/contract/ids.ts'
import { projectRef, typed } from './typed.ts'

export interface UndoState {
  /** What undo would take back, for people ("label 12 samples as 7"); null when there is nothing. */
  readonly undo: string | null
  readonly redo: string | null
}
/** The limit is said by the project, which counts characters; this one only bounds the message. */
const className = z.string().trim().min(1).max(10_000)

export const labels = {
  classes: oc.input(projectRef).output(typed<readonly ClassRecord[]>()),
  addClass: oc.input(projectRef.extend({ name: className })).output(typed<ClassRecord>()),
  renameClass: oc.input(projectRef.extend({ id: classId, name: className })).output(typed<ClassRecord>()),
  /** Refused while samples carry it. */
  removeClass: oc.input(projectRef.extend({ id: classId })).output(typed<{ readonly ok: true }>()),
  moveClass: oc.input(projectRef.extend({ id: classId, position: z.int().min(0) })).output(typed<readonly ClassRecord[]>()),
  assign: oc.input(projectRef.extend({ samples: z.array(sampleId).min(1).max(100_000), class: classId.nullable() })).output(typed<{ readonly changed: number; readonly state: UndoState }>()),
  /** One sample's label where that is no class; with class ids. Null clears. */
  set: oc.input(projectRef.extend({ sample: sampleId, label: storedLabel.nullable() })).output(typed<{ readonly changed: boolean; readonly state: UndoState }>()),
  undo: oc.input(projectRef).output(typed<{ readonly samples: readonly number[]; readonly state: UndoState }>()),
  redo: oc.input(projectRef).output(typed<{ readonly samples: readonly number[]; readonly state: UndoState }>()),
  state: oc.input(projectRef).output(typed<UndoState>()),
  history: oc.input(projectRef.extend({ sample: sampleId })).output(typed<readonly AnnotationEvent[]>()),
  /** `format`: one that can be written; those with several files take `out` for a folder. */
  exportCsv: oc.input(projectRef.extend({ out: z.string().min(1).max(4096), format: z.string().max(100).optional() })).output(typed<{ readonly written: number; readonly path: string }>()),
}
