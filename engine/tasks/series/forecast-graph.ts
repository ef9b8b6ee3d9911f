// Forecasting as graph nodes: scaling and anchor before the network, quantile loss and real units behind it.
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { loss as lossOf } from '../../losses/index.ts'
import type { LossOutput } from '../../losses/loss.ts'
import { add, concat, div, expandTo, mul, reduceMean, reduceSum, reshape, slice, sqrt, sub, unsqueeze } from '../../ops/build.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from '../support/chosen-loss.ts'
import { need } from '../support/one-class.ts'
import type { LossRequest, PredictRequest, TaskLoss, Values } from '../task.ts'

export const FORECAST_LOSSES: TaskLosses = ['quantile', 'mse', 'mae', 'huber']

/** Smallest deviation of a window, as a share of the training split's: a flat stretch is not blown up. */
const LEAST_DEVIATION = 1e-2

/** `past` [N, context, columns] to `x` of the same shape scaled, `location` and `scale` [N, 1] of the value. */
export function preprocessForecast(features: Values, config: TrainConfig): Values {
  const input = inputOf('forecast', config)
  const past = need(features, 'past')
  const { graph } = past
  const constant = (values: readonly number[]): Value => graph.constant(Float32Array.from(values), 'float32', [1, 1, input.columns.length])
  // From the last value first, which is exact: the mean of large numbers that differ little would lose their differences.
  const last = slice(past, { starts: [input.context - 1], ends: [input.context], axes: [1] })
  const moved = sub(past, last)
  const mean = reduceMean(moved, [1], true)
  const centred = sub(moved, mean)
  const perWindow = input.scaling === 'window'
  // Zeros of the window's shape make the training split's moments as many as the batch.
  const none = mul(mean, 0)
  const location = perWindow ? add(last, mean) : add(none, constant(input.mean))
  const scale = perWindow ? sqrt(add(reduceMean(mul(centred, centred), [1], true), constant(input.std.map((s) => (LEAST_DEVIATION * s) ** 2)))) : add(none, constant(input.std))
  const x = div(perWindow ? centred : sub(past, location), scale)
  const first = (v: Value): Value => reshape(slice(v, { starts: [0], ends: [1], axes: [2] }), [-1, 1])
  return { x, location: first(location), scale: first(scale) }
}

/**
 * Quantile loss over the measured steps, in units of the window's deviation; each row counts by its mean over the horizon. With another
 * loss the forecast itself, which is the middle quantile, is learned by that (by `mse` it is a mean), and the others by theirs.
 */
export function forecastLoss({ outputs, targets, rows, config }: LossRequest): TaskLoss {
  const input = inputOf('forecast', config)
  const name = chosenLoss(config, FORECAST_LOSSES)
  if (name === 'quantile') withoutOptions(config, name)
  const { quantiles, horizon } = input
  const predicted = need(outputs, 'quantiles')
  const [location, scale] = [need(outputs, 'location'), need(outputs, 'scale')]
  const target = div(sub(need(targets, 'future'), location), scale)
  const weights = mul(need(targets, 'observed'), unsqueeze(rows, [1]))
  const points = { prediction: reshape(predicted, [-1, quantiles.length]), target: reshape(target, [-1, 1]), weights: reshape(weights, [-1]) }
  const parts = name === 'quantile' ? [lossOf(name).build(points, { quantiles })] : pointLoss(name, config, points)
  const total = (of: (part: LossOutput) => Value): Value => parts.map(of).reduce((a, b) => add(a, b))
  return { objective: total((p) => p.objective), sum: mul(total((p) => p.sum), 1 / horizon), correct: mul(reduceSum(rows), 0) }
}

/** Loss `name` of the middle quantile, and the quantile loss of the others. */
function pointLoss(name: string, config: TrainConfig, { prediction, target, weights }: Record<'prediction' | 'target' | 'weights', Value>): LossOutput[] {
  const { quantiles } = inputOf('forecast', config)
  const middle = quantiles.indexOf(0.5)
  const column = (i: number): Value => slice(prediction, { starts: [i], ends: [i + 1], axes: [1] })
  const others = quantiles.filter((_, i) => i !== middle)
  const rest = concat([...quantiles.keys()].filter((i) => i !== middle).map(column), 1)
  return [lossOf(name).build({ prediction: column(middle), target, weights }, config.lossOptions), ...(others.length > 0 ? [lossOf('quantile').build({ prediction: rest, target, weights }, { quantiles: others })] : [])]
}

/** `forecast` [N, horizon] and `quantiles` [N, horizon, Q] in the series' own unit, and `scaled`, the quantiles in deviations from the window's mean. */
export function predictForecast({ outputs, config }: PredictRequest): Values {
  const { quantiles, horizon } = inputOf('forecast', config)
  const scaled = need(outputs, 'quantiles')
  const wide = (name: string): Value => unsqueeze(need(outputs, name), [2])
  const all = add(mul(scaled, wide('scale')), wide('location'))
  const middle = quantiles.indexOf(0.5)
  return { forecast: reshape(slice(all, { starts: [middle], ends: [middle + 1], axes: [2] }), [-1, horizon]), quantiles: all, scaled }
}

/** Scalar that explanations are about: the forecast at step `target`, scaled. */
export function explainedForecast(outputs: Values, target: Value, config: TrainConfig): Value {
  const { quantiles, horizon } = inputOf('forecast', config)
  const middle = quantiles.indexOf(0.5)
  const median = reshape(slice(need(outputs, 'quantiles'), { starts: [middle], ends: [middle + 1], axes: [2] }), [-1, horizon])
  return reduceSum(mul(median, expandTo(target, median)), [1])
}
