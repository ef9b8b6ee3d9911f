// exportShallow: a fitted shallow model → one checked .onnx file.
import { createHash } from 'node:crypto'
import { modelBytes, OPSET } from '../../compile/bytes.ts'
import { Program, tensor } from '../../compile/program.ts'
import type { Parity } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import { verify } from '../../graph/verify.ts'
import type { Fitted, ShallowOutputs } from '../../shallow/fitted.ts'
import { takeRows, type Matrix } from '../../shallow/matrix.ts'
import { predictShallow } from '../../shallow/predict.ts'
import { PARITY_BATCHES, PARITY_TOLERANCE } from '../parity.ts'
import { replaceFile } from '../replace-file.ts'
import { shallowGraph } from './shallow-graph.ts'

export interface ShallowExport {
  readonly name: string
  readonly fitted: Fitted
  readonly outputs: ShallowOutputs
  readonly metadata: Readonly<Record<string, string>>
  readonly version: string
  readonly out: string
  /** Real rows for the parity check. */
  readonly rows: Matrix
}

/** @throws LatheError `usage` for a bad path, `parity`, and what the disk refuses; an older file stays then. */
export async function exportShallow({ name, fitted, outputs, metadata, version, out, rows }: ShallowExport): Promise<{ readonly path: string; readonly bytes: number; readonly opset: number; readonly parity: Parity; readonly sha256: string }> {
  if (!/\.onnx$/i.test(out)) throw new LatheError('usage', `${out}: the name of an exported model ends in .onnx`)
  const graph = shallowGraph(name, fitted, outputs)
  verify(graph)
  const bytes = modelBytes(graph, { opset: OPSET, metadata, producer: { name: 'lathe', version } })
  const parity = await replaceFile(out, bytes, (written) => checkShallow(written, fitted, outputs, rows))
  return { path: out, bytes: bytes.length, opset: OPSET, parity, sha256: createHash('sha256').update(bytes).digest('hex') }
}

async function checkShallow(model: Uint8Array, fitted: Fitted, outputs: ShallowOutputs, rows: Matrix): Promise<Parity> {
  const wanted = predictShallow(fitted, rows)
  const size = wanted.length / rows.rows
  const output = outputs !== 'numbers' ? 'probabilities' : size === 1 ? 'value' : 'values'
  await using file = await Program.load('exported file', model)
  let maxAbsDiff = 0
  for (const batch of PARITY_BATCHES) {
    for (let start = 0; start < rows.rows; start += batch) {
      const chosen = Array.from({ length: batch }, (_, i) => (start + i) % rows.rows)
      const found = (await file.run({ features: tensor('float32', takeRows(rows, chosen).data, [batch, rows.columns]) }))[output]?.data as Float32Array | undefined
      chosen.forEach((row, i) => {
        for (let c = 0; c < size; c++) {
          const value = wanted[row * size + c] ?? NaN
          const difference = Math.abs((found?.[i * size + c] ?? NaN) - value) / Math.max(1, Math.abs(value))
          if (!(difference <= maxAbsDiff)) maxAbsDiff = Number.isNaN(difference) ? Infinity : difference
        }
      })
    }
  }
  if (maxAbsDiff > PARITY_TOLERANCE) throw new LatheError('parity', `the exported file gives other numbers than the app: largest difference of ${output} ${maxAbsDiff.toExponential(2)}, at most ${PARITY_TOLERANCE.toExponential()} is allowed. Nothing was written; please report this`, { maxAbsDiff })
  return { maxAbsDiff, samples: rows.rows, batches: PARITY_BATCHES, tolerance: PARITY_TOLERANCE }
}
