// exportModel: weights of a run → one checked .onnx file, in place only when everything about it is right.
import { createHash } from 'node:crypto'
import { modelBytes, OPSET } from '../compile/bytes.ts'
import type { ExportResult, Progress } from '../contract/commands.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { DataSet } from '../data/types.ts'
import { exportGraph } from './inference.ts'
import { metadata, type Provenance } from './metadata.ts'
import { checkParity } from './parity.ts'
import { replaceFile } from './replace-file.ts'

export interface ExportRequest {
  readonly config: TrainConfig
  readonly classNames: readonly string[]
  /** Flat, in the network's parameter order. */
  readonly weights: Float32Array
  readonly provenance: Provenance
  /** Path of the file; must end in `.onnx`. An older file there is replaced. */
  readonly out: string
  readonly opset: number
  /** Samples for the parity check (at least PARITY_SAMPLES where there are so many), loaded as evaluation loads them. */
  readonly set: DataSet
  /** Source bytes of a sample by its id. */
  readonly read: (id: number) => Promise<Uint8Array> | Uint8Array
  readonly onProgress?: (progress: Progress) => void
  readonly signal?: AbortSignal
}

/** Oldest IR version that may carry an opset. https://github.com/onnx/onnx/blob/main/docs/Versioning.md */
const IR_OF_OPSET: Readonly<Record<number, number>> = { 18: 8, 19: 9, 20: 9, 21: 10, 22: 10, 23: 11, 24: 11, 25: 12, 26: 13 }

/**
 * Writes the file, reads it back into a fresh session, compares it with the app, and only then puts it in place.
 * @throws LatheError `usage` for a bad path or opset, `parity`, and what the disk refuses; the old file stays then.
 */
export async function exportModel(request: ExportRequest): Promise<Omit<ExportResult, 'export'>> {
  const { config, classNames, weights, provenance, out, opset, onProgress, signal } = request
  if (!/\.onnx$/i.test(out)) throw new LatheError('usage', `${out}: the name of an exported model ends in .onnx`)
  const irVersion = IR_OF_OPSET[opset]
  if (irVersion === undefined) throw new LatheError('usage', `opset ${opset}: choose ${OPSET} to 26 (the resizing inside the file needs ${OPSET}: older versions have no antialiased Resize)`)
  onProgress?.({ done: 0, total: null, stage: 'writing' })
  const { graph, parameters } = exportGraph(config, classNames.length, weights)
  const bytes = modelBytes(graph, {
    parameters,
    constants: 'nodes',
    opset,
    irVersion,
    metadata: metadata(config, classNames, provenance),
    producer: { name: 'lathe', version: provenance.versions['lathe'] ?? '' },
  })
  const parity = await replaceFile(out, bytes, (written) =>
    checkParity({
      model: written,
      config,
      classes: classNames.length,
      weights,
      set: request.set,
      read: request.read,
      onProgress: (done, total) => onProgress?.({ done, total, stage: 'comparing with the app' }),
      ...(signal && { signal }),
    }),
  )
  return { path: out, bytes: bytes.length, opset, parity, metrics: provenance.metrics, sha256: createHash('sha256').update(bytes).digest('hex') }
}
