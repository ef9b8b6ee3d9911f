// Command exportBaseline: one shallow model, fitted again on the frozen split, as a checked ONNX file.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { runId } from '../contract/ids.ts'
import { exportShallow } from '../export/shallow/export-shallow.ts'
import type { BaselineModel } from '../shallow/baselines/baseline.ts'
import { takeRows } from '../shallow/matrix.ts'
import { baselineRequest, withReading } from './baseline.ts'
import type { Command } from './command.ts'
import { versions } from './versions.ts'
import { withProject } from './with-project.ts'

/** Rows of the measured split that the file is compared on. */
const CERTIFIED = 50
const OUTPUTS = {
  classes: { probabilities: 'float32 [N, classes]', class: 'int64 [N], index of the largest' },
  labels: { probabilities: 'float32 [N, classes], each on its own' },
  numbers: { value: 'float32 [N]; `values` float32 [N, n] where there are several' },
} as const

export const exportBaselineCommand: Command<'exportBaseline'> = {
  args: z.object({ project: z.string(), run: runId.nullable(), name: z.string(), out: z.string() }),
  run: async ({ project: file, run, name, out }, context) => {
    const { def, request } = await baselineRequest(file, run, 'test', context)
    return withProject(file, async (project) => {
      const { task: id, licence } = project.info()
      const chosen = name === 'best' ? request : { ...request, only: name }
      const models: BaselineModel[] = []
      for await (const model of def.run(withReading(project, chosen, run))) models.push(model)
      const sign = def.ranking.lowerIsBetter ? -1 : 1
      const [found] = models.toSorted((a, b) => sign * ((b.metrics[def.ranking.metric] ?? 0) - (a.metrics[def.ranking.metric] ?? 0)))
      if (!found) throw new LatheError('usage', `there is no shallow model '${name}' for the task ${id}; list them with "lathe baseline"`)
      if (!found.exportable) throw new LatheError('usage', `${found.title} cannot become an ONNX file: it is no function of a fixed number of features; export a trained network instead`)
      const { fitted, outputs, features, rows } = found.exportable
      const certified = takeRows(rows, Array.from({ length: Math.min(CERTIFIED, rows.rows) }, (_, i) => i))
      const metrics = Object.fromEntries(Object.entries(found.metrics).map(([key, value]) => [`test/${key}`, value]))
      const own = versions()
      const result = await exportShallow({
        name: found.name,
        fitted,
        outputs,
        metadata: {
          task: id,
          model: found.name,
          classes: JSON.stringify(request.classes),
          input: JSON.stringify({ name: 'features', dtype: 'float32', layout: '[N, features]', features: features.names, ...features.describe() }),
          outputs: JSON.stringify(OUTPUTS[outputs]),
          metrics: JSON.stringify(metrics),
          versions: JSON.stringify(own),
          ...(licence !== null && { licence }),
        },
        version: own.lathe,
        out,
        rows: certified,
      })
      return { ...result, name: found.name, metrics }
    })
  },
}
