// The end of every forecasting network: quantiles that never cross, on top of a line through the past and of the anchor.
import { LatheError } from '../../contract/errors.ts'
import type { ForecastInput } from '../../contract/inputs/forecast.ts'
import type { Value } from '../../graph/graph.ts'
import { add, concat, gather, mul, reshape, slice, softplus, sub, unsqueeze } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

/** What the task of forecasting gives every network: `x` [N, context, columns] scaled, `location` and `scale` [N, 1] of the value. */
export interface ForecastInputs {
  readonly x: Value
  readonly location: Value
  readonly scale: Value
}

export function forecastInputs(inputs: Readonly<Record<string, Value>>): ForecastInputs {
  const { x, location, scale } = inputs
  if (!x || !location || !scale) throw new LatheError('internal', `a forecasting network needs x, location and scale, it got ${Object.keys(inputs).join(', ')}`)
  return { x, location, scale }
}

/**
 * From `features` [N, F] (null for the line alone) to `quantiles` [N, horizon, Q], scaled. The answer starts as the anchor: all weights here are zero at first.
 * The line is the autoregressive part of Lai et al., "LSTNet", SIGIR 2018, https://arxiv.org/abs/1703.07015; alone it is the linear
 * model of Zeng et al., "Are transformers effective for time series forecasting?", AAAI 2023, https://arxiv.org/abs/2205.13504.
 */
export function forecastHead(net: Wiring, features: Value | null, x: Value, { location, scale }: ForecastInputs, input: ForecastInput, linear: boolean): Record<string, Value> {
  const { context, horizon, quantiles } = input
  const [n = 'N'] = x.shape
  const count = quantiles.length
  const zeros = 'zeros'
  const past = reshape(slice(x, { starts: [0], ends: [1], axes: [2] }), [n, context])
  const straight = linear || !features ? net.layer('linear', { type: 'dense', units: horizon, initializer: zeros }, past) : null
  const raw = reshape(net.layer('head', { type: 'dense', units: horizon * count, initializer: zeros }, features ?? past), [n, horizon, count])
  const column = (k: number): Value => slice(raw, { starts: [k], ends: [k + 1], axes: [2] })
  const middle = quantiles.indexOf(0.5)
  const anchor = anchorOf(past, input)
  const base = unsqueeze(straight ? add(anchor, straight) : anchor, [2])
  const sorted: Value[] = []
  sorted[middle] = add(base, column(middle))
  for (let k = middle + 1; k < count; k++) sorted[k] = add(sorted[k - 1] ?? base, softplus(column(k)))
  for (let k = middle - 1; k >= 0; k--) sorted[k] = sub(sorted[k + 1] ?? base, softplus(column(k)))
  return { quantiles: concat(sorted, 2), location, scale }
}

/** From `past` [N, context], scaled: what the answer starts from, [N, horizon]. */
function anchorOf(past: Value, { context, horizon, season, anchor }: ForecastInput): Value {
  const from = Array.from({ length: horizon }, (_, h) => BigInt(anchor === 'season' ? context - season + (h % season) : context - 1))
  const taken = gather(past, past.graph.constant(BigInt64Array.from(from), 'int64', [horizon]), 1)
  return anchor === 'none' ? mul(taken, 0) : taken
}
