// Baselines of tasks with any number of classes a sample, by mean average precision.
import type { LoadSample } from '../../data/types.ts'
import { averagePrecision, meanOf } from '../../metrics/average-precision.ts'
import { multilabelScore } from '../../metrics/multilabel.ts'
import type { FeatureDef } from '../features/features.ts'
import { labelModels } from '../vision/each-on-its-own.ts'
import { predictShallow } from '../predict.ts'
import type { BaselineDef, SampleValues } from './baseline.ts'
import { gather } from './gather.ts'
import { ready } from './ready.ts'

/** Of values that are the probabilities of all classes, then 1 or 0 for each. */
function meanPrecision(values: readonly SampleValues[]): number {
  const classes = (values[0]?.length ?? 0) / 2
  return meanOf(Array.from({ length: classes }, (_, c) => {
    const order = values.toSorted((a, b) => (b[c] ?? 0) - (a[c] ?? 0))
    const hit = (i: number): boolean => order[i]?.[classes + c] === 1
    return averagePrecision({ count: order.length, score: (i) => order[i]?.[c] ?? 0, weight: () => 1, hit }, order.filter((_, i) => hit(i)).length)
  }))
}

/** Mean binary cross-entropy with a floor under probabilities. */
function lossOf(probabilities: Float32Array, truth: Uint8Array): number {
  const cost = (p: number): number => -Math.log(Math.max(p, 1e-3))
  return probabilities.reduce((sum, p, i) => sum + cost(truth[i] === 1 ? p : 1 - p), 0) / Math.max(1, probabilities.length)
}

export function multilabelBaseline(features: FeatureDef): BaselineDef {
  return {
    ranking: { metric: 'map', lowerIsBetter: false, measure: meanPrecision },
    valuesOf: ({ set, rows }) =>
      new Map(rows.flatMap(({ probabilities }, i) => {
        const truth = set.truth(i) as Float32Array | null
        return probabilities && truth ? [[set.ids[i] ?? 0, [...probabilities, ...truth]] as const] : []
      })),
    run: async function* (request) {
      const gathered = await gather(features, request, (s) => s.label?.kind === 'classes')
      const K = request.classes.length
      const truthOf = (samples: readonly LoadSample[]): Uint8Array => Uint8Array.from(samples.flatMap(({ label }) => request.classes.map((_, c) => (label?.kind === 'classes' && label.classes.includes(c) ? 1 : 0))))
      const [train, val, test] = [truthOf(gathered.samples.train), truthOf(gathered.samples.val), truthOf(gathered.samples.test)]
      for await (const { model, seconds } of ready(labelModels, request)) {
        const tried = (gathered.val.rows === 0 ? model.settings.slice(0, 1) : model.settings).map((setting) => {
          const fitted = model.fit(gathered.train, train, K, setting, request.signal)
          return { setting, fitted, loss: gathered.val.rows === 0 ? 0 : lossOf(predictShallow(fitted, gathered.val), val) }
        })
        const { setting, fitted } = tried.reduce((a, b) => (b.loss < a.loss ? b : a))
        const probabilities = predictShallow(fitted, gathered.test)
        const { metrics, intervals } = multilabelScore(test, probabilities, K, request.seed)
        yield {
          name: model.name,
          title: model.title,
          note: [features.title, ...Object.entries(setting).map(([key, value]) => `${key} ${value}`)].join('; '),
          metrics,
          intervals,
          seconds: seconds(),
          values: new Map(gathered.samples.test.map((s, i) => [s.id, [...probabilities.subarray(i * K, (i + 1) * K), ...test.subarray(i * K, (i + 1) * K)]])),
          exportable: { fitted, outputs: 'labels', features: gathered.features, rows: gathered.test },
        }
      }
    },
  }
}
