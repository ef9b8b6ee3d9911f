// Branded ids: a run id cannot be passed where a sample id is meant.
import { z } from 'zod'

const id = z.int().positive()
export const runId = id.brand<'RunId'>()
export const sampleId = id.brand<'SampleId'>()
export const classId = id.brand<'ClassId'>()
export const importId = id.brand<'ImportId'>()
export const datasetVersionId = id.brand<'DatasetVersionId'>()
export const checkpointId = id.brand<'CheckpointId'>()
export const explanationId = id.brand<'ExplanationId'>()
export const exportId = id.brand<'ExportId'>()

export type RunId = z.infer<typeof runId>
export type SampleId = z.infer<typeof sampleId>
export type ClassId = z.infer<typeof classId>
export type ImportId = z.infer<typeof importId>
export type DatasetVersionId = z.infer<typeof datasetVersionId>
export type CheckpointId = z.infer<typeof checkpointId>
export type ExplanationId = z.infer<typeof explanationId>
export type ExportId = z.infer<typeof exportId>
