// lathe export FILE OUT.onnx: the model as one file, checked against the app.
import { z } from 'zod'
import type { ExportResult } from '../../../engine/contract/commands.ts'
import { defineCommand, oneOf, whole } from '../command.ts'
import { bytesText } from '../output.ts'

export const exportCommand = defineCommand({
  summary: 'write a run as one ONNX file, checked against the app',
  arguments: '<file> <out>',
  options: [
    ['--run <run>', 'number or name of a run, or best (default)'],
    ['--baseline <name>', 'a shallow model instead: its name from "lathe baseline", or best'],
    ['--checkpoint <kind>', 'best (default) or last'],
    ['--precision <name>', 'fp32 (default)'],
    ['--opset <n>', 'version of the ONNX operators (default: 18)'],
  ],
  schema: z.object({
    file: z.string(),
    out: z.string().regex(/\.onnx$/i, { error: 'expected a name that ends in .onnx' }),
    run: z.string().default('best'),
    baseline: z.string().optional(),
    checkpoint: oneOf('best', 'last').default('best'),
    precision: oneOf('fp32').default('fp32'),
    opset: whole(13, 26).default(18),
  }),
  async run({ file, out, run: reference, baseline, checkpoint, precision, opset }, cli) {
    const { services, project } = await cli.open(file)
    if (baseline !== undefined) {
      const run = reference === 'best' ? (services.runs.best(project)?.id ?? null) : (await cli.run(project, reference)).id
      const result = await cli.long(`export ${baseline}`, (long) => services.results.exportBaseline({ project, run, name: baseline, out }, long))
      cli.print(...written(result))
      return { path: result.path, bytes: result.bytes, opset: result.opset, parity: result.parity, metrics: result.metrics, sha256: result.sha256, baseline: result.name }
    }
    const { id } = await cli.run(project, reference)
    const result = await cli.long(`export run ${id}`, (long) => services.results.export({ project, run: id, checkpoint, out, opset, precision }, long))
    const { parity } = result
    cli.print(...written(result))
    return { path: result.path, bytes: result.bytes, opset: result.opset, parity, metrics: result.metrics, sha256: result.sha256, run: id }
  },
})

function written({ path, bytes, opset, sha256, parity }: Omit<ExportResult, 'export' | 'metrics'>): string[] {
  return [`wrote ${path}: ${bytesText(bytes)}, opset ${opset}, SHA-256 ${sha256}`, `parity: largest difference ${parity.maxAbsDiff.toExponential(1)} (at most ${parity.tolerance.toExponential(0)}) on ${parity.samples} samples, batches of ${parity.batches.join(', ')}`]
}
