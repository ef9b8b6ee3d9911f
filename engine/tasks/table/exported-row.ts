// The file's side of tasks about rows: raw numbers with NaN for gaps, and codes of categories whose table is in the metadata.
import { tensor, type Tensor } from '../../compile/program.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { categoryColumns, encodeRows, numberColumns } from '../../data/table/encode.ts'
import type { ExportDef } from '../task.ts'
import { rowFeatureSpecs } from './features.ts'
import { readRow } from './row-set.ts'

export const exportedRow: Pick<ExportDef, 'inputs' | 'describe' | 'feeds'> = {
  inputs: (graph, config) => Object.fromEntries(Object.entries(rowFeatureSpecs(config)).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, ['N', ...shape])])),
  describe: (config) => {
    const input = inputOf('row', config)
    return {
      ...(numberColumns(input).length > 0 && { numbers: numberColumns(input).map(({ name, type }) => ({ name, unit: type === 'date' ? 'days since 1970-01-01' : 'as in the table' })) }),
      ...(categoryColumns(input).length > 0 && { codes: categoryColumns(input).map(({ name, values }) => ({ name, unknown: 0, values: Object.fromEntries(values.map((value, i) => [value, i + 1])) })) }),
      preprocessing: 'inside the model: gaps (NaN) filled, numbers standardised, dates as cycles, categories as learned vectors',
      dropped: input.dropped,
    }
  },
  feeds: (bytes, config) => {
    const input = inputOf('row', config)
    const { numbers, codes } = encodeRows([readRow(bytes, 0)], input)
    const feeds: Record<string, Tensor> = {}
    if (numbers.length > 0) feeds['numbers'] = tensor('float32', numbers, [1, numbers.length])
    if (codes.length > 0) feeds['codes'] = tensor('int64', codes, [1, codes.length])
    return Promise.resolve(feeds)
  },
}
