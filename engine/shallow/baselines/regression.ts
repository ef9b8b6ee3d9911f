// Baselines of tasks with a number a sample: all models on the features of its kind, by RMSE.
import type { LoadSample } from '../../data/types.ts'
import { numberScore } from '../../metrics/regression.ts'
import type { FeatureDef } from '../features/features.ts'
import type { Target } from '../fitted.ts'
import { predictShallow } from '../predict.ts'
import { byRow, rootMeanOfValues, type BaselineDef } from './baseline.ts'
import { fitAll } from './fit-all.ts'
import { gather } from './gather.ts'

const valueOf = ({ label }: LoadSample): number => (label?.kind === 'number' ? label.value : NaN)

export function regressionBaseline(features: FeatureDef): BaselineDef {
  return {
    ranking: { metric: 'rmse', lowerIsBetter: true, measure: rootMeanOfValues },
    // Of regressions the loss of a row is its squared error.
    valuesOf: byRow(({ loss }) => (loss === null ? null : [loss])),
    run: async function* (request) {
      const gathered = await gather(features, request, (s) => s.label?.kind === 'number')
      const target = (samples: readonly LoadSample[]): Target => ({ kind: 'numbers', values: Float64Array.from(samples, valueOf) })
      const truth = gathered.samples.test.map(valueOf)
      for await (const { name, title, note, fitted, seconds } of fitAll({ counts: gathered.features.counts, train: gathered.train, val: gathered.val }, target(gathered.samples.train), target(gathered.samples.val), request)) {
        const predicted = predictShallow(fitted, gathered.test)
        const { metrics, intervals } = numberScore(truth, predicted, request.seed)
        yield { name, title, note: `${features.title}; ${note}`, metrics, intervals, seconds, values: new Map(gathered.samples.test.map((s, i) => [s.id, [((predicted[i] ?? 0) - (truth[i] ?? 0)) ** 2]])), exportable: { fitted, outputs: 'numbers', features: gathered.features, rows: gathered.test } }
      }
    },
  }
}
