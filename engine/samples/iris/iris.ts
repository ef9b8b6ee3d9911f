// Sample `iris`: 150 irises of three species, four measurements each.
import type { BuiltInSample } from '../sample.ts'
import { tableRows } from '../table-rows.ts'

export const iris: BuiltInSample = {
  title: 'Irises',
  task: 'tabular-classification',
  samples: 150,
  bytes: 3_858,
  licence: 'Iris © R. A. Fisher (1936), UCI Machine Learning Repository, https://doi.org/10.24432/C56C76, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).',
  description: '150 irises of three species: length and width of sepals and petals in centimetres.',
  trainSeconds: 5,
  classes: ['setosa', 'versicolor', 'virginica'],
  // So small a table is tested on 45 rows: on fewer, one flower would be more than two per cent.
  open: () => tableRows('iris', [0.55, 0.15, 0.3]),
}
