// Anomaly detection as graph nodes and numbers: how badly a series is drawn again, and from where on that is an anomaly.
import type { Outputs } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import type { DataSet, TensorData } from '../../data/types.ts'
import type { Value } from '../../graph/graph.ts'
import { huberOf, huberOptions } from '../../losses/huber.ts'
import { auc } from '../../metrics/auc.ts'
import { bootstrap } from '../../metrics/bootstrap.ts'
import { classScores, confusion } from '../../metrics/confusion.ts'
import type { MetricDef } from '../../metrics/metric.ts'
import type { Predictions } from '../../metrics/predictions.ts'
import { THRESHOLD } from '../../models/series/autoencoder.ts'
import { abs, averagePool, cast, div, greater, max, mul, reduceMax, reduceSum, sub } from '../../ops/build.ts'
import { alarmsAt, chooseThreshold } from '../../series/detection.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from '../support/chosen-loss.ts'
import { floatsOf, need } from '../support/one-class.ts'
import type { ExportDef, LossRequest, PredictRequest, Score, ScoreRequest, TaskLoss, Values } from '../task.ts'
import { normalClass } from './anomaly-set.ts'

export const ANOMALY_LOSSES: TaskLosses = ['mse', 'mae', 'huber']

const misses = (outputs: Values): Value => sub(need(outputs, 'reconstruction'), need(outputs, 'original'))

/** Squared error of each value, in deviations of its channel: [N, C, T], zero behind the end. */
function errorsOf(outputs: Values): Value {
  const d = misses(outputs)
  return mul(d, d)
}

/** Mean of `errors` [N, C, T] over channels and real steps: [N]. What training makes small. */
function meanError(errors: Value, outputs: Values): Value {
  const channels = Number(errors.shape[1])
  // Rows that only fill up a batch have no step: they must not divide by zero.
  return div(reduceSum(errors, [1, 2], false), mul(max(reduceSum(need(outputs, 'mask'), [1], false), 1), channels))
}

/** A fault shows in a part of the window: the score looks at stretches of this share of it. */
const STRETCH = 8

/** Mean squared error of the worst stretch of any channel: [N]. A short fault then weighs as much as a long one. */
function scoreOf(outputs: Values): Value {
  const errors = errorsOf(outputs)
  const steps = Math.max(1, Math.floor(Number(errors.shape[2]) / STRETCH))
  return reduceMax(averagePool(errors, { kernel: [steps], strides: [1] }), [1, 2], false)
}

/** Squared, absolute or Huber's error of what is drawn again; the score that raises alarms is the squared one with each. */
export function anomalyLoss({ outputs, rows, config }: LossRequest): TaskLoss {
  const name = chosenLoss(config, ANOMALY_LOSSES)
  if (name !== 'huber') withoutOptions(config, name)
  const errors = name === 'mse' ? errorsOf(outputs) : name === 'mae' ? abs(misses(outputs)) : huberOf(misses(outputs), huberOptions(config.lossOptions).delta)
  const sum = reduceSum(mul(meanError(errors, outputs), rows))
  const count = reduceSum(rows)
  return { objective: div(sum, count), sum, correct: mul(count, 0) }
}

/** `score` [N], `threshold` [N], `anomaly` int64 [N] (1 where the score is above it), `errors` [N, C, T]. */
export function predictAnomaly({ outputs }: PredictRequest): Values {
  const score = scoreOf(outputs)
  const threshold = need(outputs, 'threshold')
  return { score, threshold, anomaly: cast(greater(score, threshold), 'int64'), errors: errorsOf(outputs) }
}

export const explainedAnomaly = (outputs: Values): Value => scoreOf(outputs)

export const fileOutputs: Pick<ExportDef, 'outputs' | 'compare' | 'metadata'> = {
  outputs: {
    score: 'float32 [N], mean squared error of the reconstruction over the worst eighth of the window of any channel, in deviations of the channel',
    threshold: 'float32 [N], the same for all rows: chosen on the validation split',
    anomaly: 'int64 [N], 1 where score > threshold',
    errors: 'float32 [N, channels, steps], squared error of each value',
  },
  compare: ['score', 'errors'],
  metadata: () => ({ threshold: 'output `threshold` of the model: where validation has anomalies the score of best F1 on them, else the score that 99 % of its normal samples stay below' }),
}

/** The threshold that the validation split suggests, for the parameter of its name. */
export function calibrateAnomaly({ set, outputs }: Pick<ScoreRequest, 'set' | 'outputs'>): Record<string, Float32Array> {
  const { rows, anomalous } = knownRows(set)
  const scores = floatsOf(outputs, 'score')
  return rows.length === 0 ? {} : { [THRESHOLD]: Float32Array.of(chooseThreshold(rows.map((i) => scores[i] ?? 0), rows.map((i) => anomalous[i] ?? 0)).value) }
}

function knownRows(set: DataSet): { readonly rows: number[]; readonly anomalous: Uint8Array } {
  const truths = Array.from({ length: set.count }, (_, i) => set.truth(i))
  return { rows: [...truths.keys()].filter((i) => typeof truths[i] === 'boolean'), anomalous: Uint8Array.from(truths, (t) => (t === true ? 1 : 0)) }
}

/** 0.5 at the threshold, towards 1 far above it. */
const confidence = (score: number, threshold: number): number => (score + threshold > 0 ? score / (score + threshold) : 0)

/** Class 0 is normal, 1 an anomaly. Throws LatheError `data` where no row is labelled. */
export function scoreAnomaly({ set, outputs, classes, seed }: Omit<ScoreRequest, 'config'>): Score {
  const [scores, thresholds] = [floatsOf(outputs, 'score'), floatsOf(outputs, 'threshold')]
  const { rows, anomalous } = knownRows(set)
  if (rows.length === 0) throw new LatheError('data', `none of the ${set.count} samples is labelled: label some of this split to measure on it`)
  const labels = Int32Array.from({ length: set.count }, (_, i) => (set.truth(i) === null ? -1 : (anomalous[i] ?? 0)))
  const alarm = (i: number): number => ((scores[i] ?? 0) > (thresholds[i] ?? 0) ? 1 : 0)
  const predicted = Int32Array.from(labels, (_, i) => alarm(i))
  const probabilities = Float32Array.from({ length: 2 * set.count }, (_, k) => {
    const p = confidence(scores[k >> 1] ?? 0, thresholds[k >> 1] ?? 0)
    return k % 2 === 1 ? p : 1 - p
  })
  const predictions: Predictions = { classes: 2, count: set.count, ids: set.ids, labels, predicted, probabilities, losses: Float32Array.from(scores) }
  const index = Int32Array.from(rows)
  // Ranks by the score itself: far above the threshold confidences may round to the same number.
  const ranked = auc(labels, Float32Array.from({ length: 2 * set.count }, (_, k) => (scores[k >> 1] ?? 0) * (k % 2 === 1 ? 1 : -1)), 2)
  const intervals = bootstrap(METRICS, predictions, index, seed)
  const metrics = Object.fromEntries(Object.entries(METRICS).map(([name, m]) => [name, m.compute(predictions, index)]))
  const known = anomalous.includes(1) ? {} : { f1: undefined, recall: undefined, precision: undefined }
  const counts = confusion(predictions, index)
  const twoClasses = classes.length === 2
  const order = twoClasses && normalClass(classes) === 1 ? [1, 0] : [0, 1]
  const classOf = (i: number): number => order[i] ?? i
  return {
    samples: rows.length,
    metrics: defined({ ...(ranked && { auc: ranked.value }), ...metrics, ...known, threshold: thresholds[0] ?? NaN }),
    intervals: defined({ ...(ranked && { auc: ranked.interval }), ...intervals, ...known }),
    classes: twoClasses ? order.map((k) => classScores(counts, 2)[k] ?? { precision: 0, recall: 0, f1: 0, support: 0 }) : [],
    confusion: twoClasses ? order.map((k) => order.map((j) => counts[k * 2 + j] ?? 0)) : [],
    rows: Array.from({ length: set.count }, (_, i) => {
      const [score, threshold] = [scores[i] ?? NaN, thresholds[i] ?? NaN]
      const p = confidence(score, threshold)
      const yes = alarm(i) === 1
      return { predicted: twoClasses ? classOf(yes ? 1 : 0) : null, probability: yes ? p : 1 - p, probabilities: twoClasses ? Float32Array.from(order, (k) => (k === 1 ? p : 1 - p)) : null, loss: score, correct: labels[i] === -1 ? null : labels[i] === alarm(i), output: { kind: 'anomaly', score, threshold, anomaly: yes } }
    }),
  }
}

function defined<T>(values: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(values).filter((e): e is [string, T] => e[1] !== undefined))
}

const alarmsOf = ({ labels, predicted }: Predictions, rows: Int32Array): ReturnType<typeof alarmsAt> => alarmsAt(0.5, rows.map((i) => predicted[i] ?? 0), rows.map((i) => labels[i] ?? 0))

/** Of the rule "score above the threshold". */
const METRICS = {
  f1: { title: 'F1', description: 'Harmonic mean of precision and recall of the anomalies', lowerIsBetter: false, compute: (p, rows) => alarmsOf(p, rows).f1 },
  precision: { title: 'Precision', description: 'Share of alarms that are anomalies', lowerIsBetter: false, compute: (p, rows) => alarmsOf(p, rows).precision },
  recall: { title: 'Recall', description: 'Share of anomalies that raise an alarm', lowerIsBetter: false, compute: (p, rows) => alarmsOf(p, rows).recall },
  accuracy: { title: 'Accuracy', description: 'Share of samples that are rightly called normal or an anomaly', lowerIsBetter: false, compute: ({ labels, predicted }, rows) => rows.filter((i) => labels[i] === predicted[i]).length / rows.length },
} satisfies Record<string, MetricDef>

export function decodeAnomaly(row: Readonly<Record<string, TensorData>>): Outputs {
  const [score, threshold] = [Number(row['score']?.[0] ?? NaN), Number(row['threshold']?.[0] ?? NaN)]
  return { kind: 'anomaly', score, threshold, anomaly: score > threshold }
}
