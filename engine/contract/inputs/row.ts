// Row input: the columns of a table as the model sees them, with what was learned of each from the training rows.
import { z } from 'zod'

const name = z.string().min(1).max(1000)

export const rowColumn = z.discriminatedUnion('type', [
  /** (x − mean) / std; a missing one is `fill`, and with `missing` a further feature says so. */
  z.strictObject({ type: z.literal('number'), name, mean: z.number(), std: z.number().positive(), fill: z.number(), missing: z.boolean() }),
  /** Days since 1970, as a number and as places in the cycles that it has: the year, the week, the day. */
  z.strictObject({ type: z.literal('date'), name, mean: z.number(), std: z.number().positive(), fill: z.number(), cycles: z.array(z.enum(['year', 'week', 'day'])) }),
  /** Code 0 stands for all that is not in `values`; a missing one is the value `(missing)` where training had such. */
  z.strictObject({ type: z.literal('category'), name, values: z.array(z.string()).min(1).max(10_000) }),
])
export type RowColumn = z.infer<typeof rowColumn>

export const rowInput = z.strictObject({
  kind: z.literal('row'),
  columns: z.array(rowColumn).min(1).max(10_000),
  /** Columns that are not used, each with the reason. */
  dropped: z.array(z.strictObject({ name, why: z.string() })),
  /** Of the number to predict, in training; null for classes. */
  target: z.strictObject({ mean: z.number(), std: z.number().positive() }).nullable(),
})
export type RowInput = z.infer<typeof rowInput>
