// Baselines of tasks with one class a sample: all models on the features of its kind, by accuracy.
import type { LoadSample } from '../../data/types.ts'
import { auc } from '../../metrics/auc.ts'
import { argMaxOf, type Predictions } from '../../metrics/predictions.ts'
import { score } from '../../metrics/score.ts'
import type { FeatureDef } from '../features/features.ts'
import type { Target } from '../fitted.ts'
import { predictShallow } from '../predict.ts'
import { byRow, meanOfValues, type BaselineDef } from './baseline.ts'
import { fitAll } from './fit-all.ts'
import { gather } from './gather.ts'

/** Below it a probability's logarithm counts as this one's: trees and neighbours are sure too easily. */
const LEAST = 1e-3

export function classificationBaseline(features: FeatureDef): BaselineDef {
  return {
    ranking: { metric: 'accuracy', lowerIsBetter: false, measure: meanOfValues },
    valuesOf: byRow(({ correct }) => (correct === null ? null : [Number(correct)])),
    run: async function* (request) {
      const gathered = await gather(features, request, (s) => s.class >= 0)
      const classes = request.classes.length
      const target = (samples: readonly LoadSample[]): Target => ({ kind: 'classes', labels: Int32Array.from(samples, (s) => s.class), classes })
      for await (const { name, title, note, fitted, seconds } of fitAll({ counts: gathered.features.counts, train: gathered.train, val: gathered.val }, target(gathered.samples.train), target(gathered.samples.val), request)) {
        const predictions = predictionsOf(predictShallow(fitted, gathered.test), gathered.samples.test, classes)
        const scored = score(predictions, request.seed)
        const area = auc(predictions.labels, predictions.probabilities, classes)
        yield {
          name,
          title,
          note: `${features.title}; ${note}`,
          metrics: { ...scored.metrics, ...(area && { auc: area.value }) },
          intervals: { ...scored.intervals, ...(area && { auc: area.interval }) },
          seconds,
          values: new Map(gathered.samples.test.map((s, i) => [s.id, [Number(predictions.predicted[i] === s.class)]])),
          exportable: { fitted, outputs: 'classes', features: gathered.features, rows: gathered.test },
        }
      }
    },
  }
}

function predictionsOf(probabilities: Float32Array, samples: readonly LoadSample[], classes: number): Predictions {
  const labels = Int32Array.from(samples, (s) => s.class)
  return {
    classes,
    count: samples.length,
    ids: Int32Array.from(samples, (s) => s.id),
    labels,
    predicted: labels.map((_, i) => argMaxOf(probabilities, i * classes, classes)),
    probabilities,
    losses: Float32Array.from(labels, (label, i) => -Math.log(Math.max(probabilities[i * classes + label] ?? 0, LEAST))),
  }
}
