// Forecast input: how rows in time become windows of past and future, and what the training split says of their size and season.
import { z } from 'zod'

export const forecastInput = z
  .object({
    kind: z.literal('forecast'),
    /** Columns of a row that the model sees, the value to forecast first. */
    columns: z.array(z.string()).min(1).max(64),
    /** What one step is. */
    axis: z.object({ unit: z.enum(['number', 'millisecond', 'month']), step: z.number().positive() }),
    /** Steps that the model looks back, and steps that it forecasts. */
    context: z.int().min(2).max(2048),
    horizon: z.int().min(1).max(512),
    /** Steps after which the series repeats; 1 for none. Found by autocorrelation. */
    season: z.int().min(1).max(2048),
    /** Each window by its own mean and deviation, or all by those of the training split. */
    scaling: z.enum(['window', 'global']),
    /** What the network's answer is added to: nothing, the last value, or the values one season ago. */
    anchor: z.enum(['none', 'last', 'season']),
    /** Shares of outcomes that lie below each output, in order; 0.5 is the forecast, 0.1 and 0.9 bound its 80 % interval. */
    quantiles: z.array(z.number().gt(0).lt(1)).min(3).max(19),
    /** Per column over the training split. */
    mean: z.array(z.number()),
    std: z.array(z.number().positive()),
    /** Mean miss of the value one season ago on the training split: the unit of MASE. */
    naiveError: z.number().positive(),
  })
  .refine((i) => i.mean.length === i.columns.length && i.std.length === i.columns.length, 'mean and std must have one number for each column')
  .refine((i) => i.anchor !== 'season' || i.season <= i.context, 'the context must hold a season where the forecast is anchored to it')
  .refine((i) => i.quantiles.every((q, k) => k === 0 || q > (i.quantiles[k - 1] ?? 0)) && [0.1, 0.5, 0.9].every((q) => i.quantiles.includes(q)), 'quantiles must rise, and 0.1, 0.5 and 0.9 must be among them')
export type ForecastInput = z.infer<typeof forecastInput>
