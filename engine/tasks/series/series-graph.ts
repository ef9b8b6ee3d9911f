// A series as graph nodes: scaled by channel, its padding masked.
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { cast, less, mul, sub, unsqueeze } from '../../ops/build.ts'
import { need } from '../support/one-class.ts'
import type { Values } from '../task.ts'

/** `series` [N, C, T] and `length` int64 [N] to `x` [N, C, T], zero behind the end, and `mask` [N, T]. */
export function preprocessSeries(features: Values, config: TrainConfig): Values {
  const { channels, steps, mean, std } = inputOf('series', config)
  const series = need(features, 'series')
  const { graph } = series
  const perChannel = (values: readonly number[]): typeof series => graph.constant(Float32Array.from(values), 'float32', [1, channels.length, 1])
  const steady = graph.constant(BigInt64Array.from({ length: steps }, (_, i) => BigInt(i)), 'int64', [1, steps])
  const mask = cast(less(steady, unsqueeze(need(features, 'length'), [1])), 'float32')
  const x = mul(mul(sub(series, perChannel(mean)), perChannel(std.map((s) => 1 / s))), unsqueeze(mask, [1]))
  return { x, mask }
}
