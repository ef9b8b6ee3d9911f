// Registry of data formats, in the order in which `auto` asks them.
import { csvLabels } from './csv-labels.ts'
import { csvPixels } from './csv-pixels.ts'
import type { DataFormat } from './format.ts'
import { imageFiles } from './image-files.ts'
import { imageFolder } from './image-folder.ts'
import { zip } from './zip.ts'

export const formats = {
  zip,
  'csv-labels': csvLabels,
  'csv-pixels': csvPixels,
  'image-folder': imageFolder,
  'image-files': imageFiles,
} satisfies Record<string, DataFormat>
export type FormatName = keyof typeof formats
