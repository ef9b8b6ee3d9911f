// Tabular classification: one class for each row of a table.
import { LatheError } from '../contract/errors.ts'
import { auc } from '../metrics/auc.ts'
import { model as modelDef } from '../models/index.ts'
import { oneClass, oneClassExport, predictionsOf } from './support/one-class.ts'
import { exportedRow } from './table/exported-row.ts'
import { tableRecipe } from './table/recipe.ts'
import { rowSet } from './table/row-set.ts'
import { aboutRows } from './table/shared.ts'
import type { Score, ScoreRequest, TaskDef } from './task.ts'

const ID = 'tabular-classification'

function score(request: ScoreRequest): Score {
  const scored = oneClass.score(request)
  const { set, outputs, classes } = request
  const area = auc(set.labels, predictionsOf(set, outputs, classes.length).probabilities, classes.length)
  return area ? { ...scored, metrics: { ...scored.metrics, auc: area.value }, intervals: { ...scored.intervals, auc: area.interval } } : scored
}

export const tabularClassification: TaskDef = {
  ...oneClass,
  ...aboutRows,
  title: 'Tabular classification',
  metrics: ['accuracy', 'auc', ...oneClass.metrics.filter((name) => name !== 'accuracy')],
  recipe: async (data, name) => {
    const chosen = name ?? 'table-mlp'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return tableRecipe(ID, chosen, data, 'class')
  },
  load: (request) => rowSet(request, 'class'),
  score,
  exported: { ...exportedRow, ...oneClassExport },
}
