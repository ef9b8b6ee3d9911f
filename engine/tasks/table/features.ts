// Features of rows as graph nodes: gaps filled, numbers standardised, dates as places in their cycles; and which column each came from.
import type { RowColumn, RowInput } from '../../contract/inputs/row.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorSpec } from '../../data/types.ts'
import { categoryColumns, cycleDays, numberColumns } from '../../data/table/encode.ts'
import type { Value } from '../../graph/graph.ts'
import { cast, concat, cos, floor, gather, isNaN as isNotNumber, mul, sin, sub, where } from '../../ops/build.ts'
import type { Values } from '../task.ts'

/** `numbers` float [columns] with NaN for gaps, `codes` int64 [columns] with 0 for unknown values; each only where there are such columns. */
export function rowFeatureSpecs(config: TrainConfig): Record<string, TensorSpec> {
  const input = inputOf('row', config)
  const [numbers, codes] = [numberColumns(input).length, categoryColumns(input).length]
  return {
    ...(numbers > 0 && { numbers: { dtype: 'float32', shape: [numbers] } satisfies TensorSpec }),
    ...(codes > 0 && { codes: { dtype: 'int64', shape: [codes] } satisfies TensorSpec }),
  }
}

type Numeric = Exclude<RowColumn, { type: 'category' }>

/** `x` float [N, features], where there are columns of numbers or dates, and `codes` as they came. */
export function preprocessRows(features: Values, config: TrainConfig): Values {
  const columns = numberColumns(inputOf('row', config))
  const { numbers, codes } = features
  return { ...(numbers && { x: numericFeatures(numbers, columns) }), ...(codes && { codes }) }
}

function numericFeatures(numbers: Value, columns: readonly Numeric[]): Value {
  const { graph } = numbers
  const constant = (of: (column: Numeric) => number, list = columns): Value => graph.constant(Float32Array.from(list, of), 'float32', [1, list.length])
  const pick = (from: Value, test: (column: Numeric) => boolean): Value => {
    const chosen = columns.flatMap((column, i) => (test(column) ? [BigInt(i)] : []))
    return gather(from, graph.constant(BigInt64Array.from(chosen), 'int64', [chosen.length]), 1)
  }
  const gaps = isNotNumber(numbers)
  const filled = where(gaps, constant((c) => c.fill), numbers)
  const parts = [mul(sub(filled, constant((c) => c.mean)), constant((c) => 1 / c.std))]
  const noted = (c: Numeric): boolean => c.type === 'number' && c.missing
  if (columns.some(noted)) parts.push(pick(cast(gaps, 'float32'), noted))
  for (const cycle of CYCLES) {
    const has = (c: Numeric): boolean => c.type === 'date' && c.cycles.includes(cycle)
    if (!columns.some(has)) continue
    // The share of the cycle that has passed, so that sine and cosine are of small angles.
    const turns = mul(pick(filled, has), 1 / cycleDays(cycle))
    const angle = mul(sub(turns, floor(turns)), 2 * Math.PI)
    parts.push(sin(angle), cos(angle))
  }
  return parts.length === 1 ? (parts[0] ?? filled) : concat(parts, 1)
}

const CYCLES = ['year', 'week', 'day'] as const

/** Length of the vector that stands for a value of a category. */
export const embeddingSize = (values: number): number => Math.min(32, Math.max(2, Math.round(1.6 * values ** 0.56)))

/** For each element of what networks of rows take, numbers first, then the vectors of categories: the index of its column. */
export function elementColumns(input: RowInput): number[] {
  const numeric = input.columns.flatMap((column, i) => (column.type === 'category' ? [] : [{ column, i }]))
  const of = (test: (column: Numeric) => boolean): number[] => numeric.flatMap(({ column, i }) => (test(column) ? [i] : []))
  return [
    ...of(() => true),
    ...of((c) => c.type === 'number' && c.missing),
    ...CYCLES.flatMap((cycle) => {
      const own = of((c) => c.type === 'date' && c.cycles.includes(cycle))
      return [...own, ...own]
    }),
    ...input.columns.flatMap((column, i) => (column.type === 'category' ? new Array<number>(embeddingSize(column.values.length)).fill(i) : [])),
  ]
}
