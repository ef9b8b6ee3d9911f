// What all tasks with one class for each row share: targets, loss, outputs, score.
import type { Parts } from '../../active/strategy.ts'
import type { Outputs } from '../../contract/commands.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { LatheError } from '../../contract/errors.ts'
import type { DataSet, TensorData, TensorSpec } from '../../data/types.ts'
import { loss as lossOf } from '../../losses/index.ts'
import { metrics } from '../../metrics/index.ts'
import { argMaxOf, type Predictions } from '../../metrics/predictions.ts'
import { score as scoreOf } from '../../metrics/score.ts'
import type { Value } from '../../graph/graph.ts'
import { argMax, cast, equal, logSoftmax, mul, reduceSum, softmax } from '../../ops/build.ts'
import type { LossRequest, PredictRequest, RawOutputs, Score, ScoreRequest, TaskDef, TaskLoss, Values } from '../task.ts'
import { chosenLoss, type TaskLosses } from './chosen-loss.ts'

const LOSSES: TaskLosses = ['softmax-cross-entropy', 'focal']

/** The value named `name`. @throws LatheError `internal` where the model does not give it. */
export function need(values: Values, name: string): Value {
  const found = values[name]
  if (!found) throw new LatheError('internal', `expected '${name}', found ${Object.keys(values).join(', ')}`)
  return found
}

function loss({ outputs, targets, rows, config, classWeights }: LossRequest): TaskLoss {
  const logits = need(outputs, 'logits')
  const labels = need(targets, 'labels')
  const { objective, sum } = logits.graph.in('loss', () => lossOf(chosenLoss(config, LOSSES)).build({ prediction: logits, target: labels, weights: rows }, { labelSmoothing: config.labelSmoothing, classWeights, ...config.lossOptions }))
  return { objective, sum, correct: logits.graph.in('metrics', () => reduceSum(mul(cast(equal(argMax(logits, 1, false), labels), 'float32'), rows))) }
}

const predict = ({ outputs }: PredictRequest): Values => ({ probabilities: softmax(need(outputs, 'logits'), 1), log_probabilities: logSoftmax(need(outputs, 'logits'), 1) })

export function floatsOf(outputs: RawOutputs, name: string): Float32Array {
  const found = outputs[name]?.data
  if (!(found instanceof Float32Array)) throw new LatheError('internal', `inference has no float output '${name}'`)
  return found
}

/** In the form that metrics take. */
export function predictionsOf(set: DataSet, outputs: RawOutputs, classes: number): Predictions {
  const [probabilities, logs] = [floatsOf(outputs, 'probabilities'), floatsOf(outputs, 'log_probabilities')]
  const { count, ids, labels } = set
  return {
    classes,
    count,
    ids,
    labels,
    predicted: Int32Array.from({ length: count }, (_, i) => argMaxOf(probabilities, i * classes, classes)),
    probabilities,
    losses: Float32Array.from({ length: count }, (_, i) => ((labels[i] ?? -1) < 0 ? NaN : -(logs[i * classes + (labels[i] ?? 0)] ?? NaN))),
  }
}

function score({ set, outputs, classes, seed }: ScoreRequest): Score {
  const predictions = predictionsOf(set, outputs, classes.length)
  const scored = scoreOf(predictions, seed)
  const rows = Array.from({ length: set.count }, (_, i) => {
    const predicted = predictions.predicted[i] ?? 0
    const label = set.labels[i] ?? -1
    const probabilities = predictions.probabilities.slice(i * classes.length, (i + 1) * classes.length)
    return { predicted, probability: probabilities[predicted] ?? 0, probabilities, loss: label < 0 ? null : (predictions.losses[i] ?? null), correct: label < 0 ? null : label === predicted, output: null }
  })
  return { ...scored, rows }
}

/** Class names with probabilities, most probable first. */
function decode(row: Readonly<Record<string, TensorData>>, _config: TrainConfig, classes: readonly string[]): Outputs {
  const probabilities = row['probabilities'] as Float32Array | undefined
  // The sort is stable: of equals the first class stays first, as in the prediction.
  return classes.map((name, i) => ({ class: name, probability: probabilities?.[i] ?? 0 })).sort((a, b) => b.probability - a.probability)
}

/** One part: the classes. */
const parts = (row: Readonly<Record<string, TensorData>>): Parts => {
  const data = row['probabilities'] as Float32Array
  return { data, width: data.length, fold: 'mean' }
}

const targets = (): Record<string, TensorSpec> => ({ labels: { dtype: 'int64', shape: [] } })

/** Everything of a task with one class a row that does not depend on what a row is. */
/** Probabilities are averaged; the embeddings of a speaker's networks are joined. */
const averaged = { logits: { kind: 'softmax', axis: 1 }, embedding: { kind: 'direction' } } as const

export const oneClass = { label: 'class', metrics: Object.keys(metrics), losses: LOSSES, hits: 'accuracy', targets, loss, predict, averaged, score, decode, parts } satisfies Partial<TaskDef>

/** Outputs of an exported classifier. */
export const oneClassExport = {
  outputs: { probabilities: 'float32 [N, classes], softmax of logits', logits: 'float32 [N, classes]', class: 'int64 [N], index of the largest' },
  compare: ['probabilities'],
  graphOutputs: ({ outputs }: PredictRequest): Values => {
    const logits = need(outputs, 'logits')
    return { probabilities: softmax(logits, 1), logits, class: argMax(logits, 1, false) }
  },
} as const
