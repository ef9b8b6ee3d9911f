// What tasks about rows share: features, preprocessing, attribution by column, the file's inputs.
import { inputOf } from '../../contract/inputs/of.ts'
import type { TaskDef } from '../task.ts'
import { elementColumns, preprocessRows, rowFeatureSpecs } from './features.ts'

export const TABLE_MODELS = ['table-mlp', 'table-resnet'] as const

export const aboutRows = {
  input: 'row',
  models: TABLE_MODELS,
  features: rowFeatureSpecs,
  preprocess: preprocessRows,
  attribution: (config) => {
    const input = inputOf('row', config)
    const columns = elementColumns(input)
    // Zeros are the mean of every number and a value that nobody has seen.
    return { kind: 'columns', height: 1, width: input.columns.length, cell: (i) => columns[i % columns.length] ?? -1, baseline: null }
  },
  attributionLabels: (_features, config) => ({ columns: inputOf('row', config).columns.map((column) => column.name) }),
} satisfies Partial<TaskDef>
