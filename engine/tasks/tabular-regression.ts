// Tabular regression: a number for each row of a table.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import type { Value } from '../graph/graph.ts'
import { loss as lossOf } from '../losses/index.ts'
import { numberScore } from '../metrics/regression.ts'
import { model as modelDef } from '../models/index.ts'
import { add, mul, reduceSum, unsqueeze } from '../ops/build.ts'
import { chosenLoss, type TaskLosses } from './support/chosen-loss.ts'
import { floatsOf, need } from './support/one-class.ts'
import { exportedRow } from './table/exported-row.ts'
import { tableRecipe } from './table/recipe.ts'
import { rowSet } from './table/row-set.ts'
import { aboutRows } from './table/shared.ts'
import type { LossRequest, PredictRequest, Score, ScoreRequest, TaskDef, TaskLoss, Values } from './task.ts'

const ID = 'tabular-regression'
const LOSSES: TaskLosses = ['mse', 'mae', 'huber', 'quantile']

/** In units of the training numbers' deviation. */
function loss({ outputs, targets, rows, config }: LossRequest): TaskLoss {
  const column = (v: Value): Value => unsqueeze(v, [1])
  const built = lossOf(chosenLoss(config, LOSSES)).build({ prediction: column(need(outputs, 'value')), target: column(need(targets, 'target')), weights: rows }, config.lossOptions)
  return { ...built, correct: mul(reduceSum(rows), 0) }
}

/** `value` [N] in the unit of the table; `standardised` [N], the same in deviations of the training numbers from their mean. */
function predict({ outputs, config }: PredictRequest): Values {
  const { mean, std } = inputOf('row', config).target ?? { mean: 0, std: 1 }
  const standardised = need(outputs, 'value')
  return { value: add(mul(standardised, std), mean), standardised }
}

function score({ set, outputs, seed }: ScoreRequest): Score {
  const predicted = floatsOf(outputs, 'value')
  const truth = Float64Array.from({ length: set.count }, (_, i) => {
    const value = set.truth(i)
    return typeof value === 'number' ? value : NaN
  })
  const rows = Array.from(truth, (value, i) => {
    const own = predicted[i] ?? NaN
    return { predicted: null, probability: null, probabilities: null, loss: Number.isFinite(value) ? (own - value) ** 2 : null, correct: null, output: { kind: 'number', value: own } }
  })
  return { ...numberScore(truth, predicted, seed), classes: [], confusion: [], rows }
}

export const tabularRegression: TaskDef = {
  ...aboutRows,
  title: 'Tabular regression',
  label: 'number',
  metrics: ['rmse', 'mae', 'r2'],
  losses: LOSSES,
  hits: null,
  recipe: async (data, name) => {
    const chosen = name ?? 'table-mlp'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return tableRecipe(ID, chosen, data, 'number')
  },
  targets: () => ({ target: { dtype: 'float32', shape: [] } }),
  load: (request) => rowSet(request, 'number'),
  loss,
  predict,
  averaged: { value: { kind: 'mean' } },
  score,
  decode: (row) => ({ kind: 'number', value: row['value'] instanceof Float32Array ? (row['value'][0] ?? NaN) : NaN }),
  explainable: () => 1,
  explained: (outputs) => need(outputs, 'value'),
  explainedOf: () => 0,
  explainedName: () => 'the number',
  // Compared as it is learned: of a value near 0 with a mean of thousands float32 leaves few digits.
  exported: { ...exportedRow, outputs: { value: 'float32 [N], in the unit of the table', standardised: 'float32 [N], (value − mean) / deviation of the training numbers' }, compare: ['standardised'] },
}
