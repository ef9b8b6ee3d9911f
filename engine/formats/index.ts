// Registry of data formats, in the order in which `auto` asks them.
import { csvLabels } from './csv-labels.ts'
import { csvPixels } from './csv-pixels.ts'
import { csvRecordings } from './csv-recordings.ts'
import { csvSeries } from './csv-series.ts'
import type { DataFormat } from './format.ts'
import { imageFiles } from './image-files.ts'
import { imageFolder } from './image-folder.ts'
import { seriesFiles } from './series-files.ts'
import { zip } from './zip.ts'

export const formats = {
  zip,
  'csv-labels': csvLabels,
  'csv-pixels': csvPixels,
  'image-folder': imageFolder,
  'image-files': imageFiles,
  'csv-series': csvSeries,
  'csv-recordings': csvRecordings,
  'series-files': seriesFiles,
} satisfies Record<string, DataFormat>
export type FormatName = keyof typeof formats
