// Baselines of anomaly detection: how far the features of a series lie from those of normal ones; by the area under the ROC curve.
import { LatheError } from '../../contract/errors.ts'
import type { DataSet, LoadSample } from '../../data/types.ts'
import { auc } from '../../metrics/auc.ts'
import { chooseThreshold } from '../../series/detection.ts'
import { scoreAnomaly } from '../../tasks/series/anomaly.ts'
import { normalClass } from '../../tasks/series/anomaly-set.ts'
import type { FeatureDef } from '../features/features.ts'
import { detectors } from '../series/detectors.ts'
import type { BaselineDef, SampleValues } from './baseline.ts'
import { gather } from './gather.ts'
import { ready } from './ready.ts'

/** Of values that are a score, then 1 for an anomaly; a half where only one kind is there. */
function areaOf(values: readonly SampleValues[]): number {
  const labels = Int32Array.from(values, (v) => v[1] ?? 0)
  return auc(labels, Float64Array.from({ length: 2 * values.length }, (_, i) => (values[i >> 1]?.[0] ?? 0) * (i % 2 === 1 ? 1 : -1)), 2)?.value ?? 0.5
}

export function anomalyBaseline(features: FeatureDef): BaselineDef {
  return {
    ranking: { metric: 'auc', lowerIsBetter: false, measure: areaOf },
    // Of anomalies the loss of a row is its score.
    valuesOf: ({ set, rows }) =>
      new Map(rows.flatMap(({ loss }, i) => {
        const anomalous = set.truth(i)
        return loss === null || typeof anomalous !== 'boolean' ? [] : [[set.ids[i] ?? 0, [loss, Number(anomalous)]] as const]
      })),
    run: async function* (request) {
      const normal = normalClass(request.classes)
      const gathered = await gather(features, request, (s) => (s.split === 'train' ? s.class === normal : s.class >= 0))
      const truthOf = (samples: readonly LoadSample[]): boolean[] => samples.map((s) => s.class !== normal)
      const [known, truth] = [truthOf(gathered.samples.val), truthOf(gathered.samples.test)]
      if (!truth.includes(true) || !truth.includes(false)) throw new LatheError('data', `the ${request.split} split needs both normal and anomalous series to measure on`)
      const choosing = known.includes(true) && known.includes(false)
      for await (const { model: { name, title, settings, fit }, seconds } of ready(detectors, request)) {
        const tried = (choosing ? settings : settings.slice(0, 1)).map((setting) => {
          const score = fit(gathered.train, setting)
          const own = score(gathered.val)
          return { setting, score, own, quality: choosing ? areaOf(known.map((anomalous, i) => [own[i] ?? 0, Number(anomalous)])) : 0 }
        })
        const best = tried.reduce((a, b) => (b.quality > a.quality ? b : a))
        const scores = best.score(gathered.test)
        const threshold = known.length > 0 ? chooseThreshold(best.own, known).value : chooseThreshold(best.score(gathered.train), new Uint8Array(gathered.train.rows)).value
        const set: DataSet = { count: truth.length, ids: Int32Array.from(gathered.samples.test, (s) => s.id), labels: new Int32Array(truth.length), tensors: {}, fill: () => undefined, truth: (row) => truth[row] ?? null }
        const { metrics: { threshold: _threshold, ...metrics }, intervals } = scoreAnomaly({ set, outputs: { score: { shape: [], data: scores }, threshold: { shape: [], data: new Float32Array(truth.length).fill(threshold) } }, classes: request.classes, seed: request.seed })
        yield { name, title, note: [features.title, ...Object.entries(best.setting).map(([key, value]) => `${key} ${value}`)].join('; '), metrics, intervals, seconds: seconds(), values: new Map(truth.map((anomalous, i) => [set.ids[i] ?? 0, [scores[i] ?? 0, Number(anomalous)]])), exportable: null }
      }
    },
  }
}
