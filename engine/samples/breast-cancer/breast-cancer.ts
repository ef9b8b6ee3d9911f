// Sample `breast-cancer`: measurements of cell nuclei of 569 tumours, benign or malignant.
import type { BuiltInSample } from '../sample.ts'
import { tableRows } from '../table-rows.ts'

export const breastCancer: BuiltInSample = {
  title: 'Breast cancer',
  task: 'tabular-classification',
  samples: 569,
  bytes: 123_865,
  licence: 'Breast Cancer Wisconsin (Diagnostic) © W. Wolberg, O. Mangasarian, N. Street and W. Street (1993), UCI Machine Learning Repository, https://doi.org/10.24432/C5DW2B, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/).',
  description: '569 tumours, benign or malignant: 30 measurements of the cell nuclei in an image of each.',
  trainSeconds: 8,
  classes: ['benign', 'malignant'],
  open: () => tableRows('breast-cancer', [0.6, 0.15, 0.25]),
}
