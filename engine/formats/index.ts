// Registry of data formats, in the order in which `auto` asks them.
import { audioFiles } from './audio-files.ts'
import { audioFolder } from './audio-folder.ts'
import { coco } from './coco.ts'
import { csvClasses } from './csv-classes.ts'
import { csvLabels } from './csv-labels.ts'
import { csvPixels } from './csv-pixels.ts'
import { csvRecordings } from './csv-recordings.ts'
import { csvSeries } from './csv-series.ts'
import { csvSpeakers } from './csv-speakers.ts'
import { csvTranscripts } from './csv-transcripts.ts'
import { conll } from './conll.ts'
import { csvTextPairs } from './csv-text-pairs.ts'
import { csvTexts } from './csv-texts.ts'
import { csvWords } from './csv-words.ts'
import type { DataFormat } from './format.ts'
import { imageFiles } from './image-files.ts'
import { imageFolder } from './image-folder.ts'
import { seriesFiles } from './series-files.ts'
import { maskPng } from './mask-png.ts'
import { yolo } from './yolo.ts'
import { zip } from './zip.ts'
import { jsonlPairs } from './jsonl-pairs.ts'
import { jsonlSpans } from './jsonl-spans.ts'
import { jsonlTextPairs } from './jsonl-text-pairs.ts'
import { jsonlTexts } from './jsonl-texts.ts'
import { pairFiles } from './pair-files.ts'
import { ratings } from './ratings.ts'
import { tableClasses } from './table-classes.ts'
import { tableNumbers } from './table-numbers.ts'
import { textFiles } from './text-files.ts'
import { textFolder } from './text-folder.ts'
import { textPassages } from './text-passages.ts'
import { tsvPairs } from './tsv-pairs.ts'

export const formats = {
  zip,
  coco,
  yolo,
  'mask-png': maskPng,
  'csv-classes': csvClasses,
  'csv-series': csvSeries,
  'csv-recordings': csvRecordings,
  'series-files': seriesFiles,
  'csv-labels': csvLabels,
  'csv-pixels': csvPixels,
  'image-folder': imageFolder,
  'image-files': imageFiles,
  'csv-words': csvWords,
  'csv-speakers': csvSpeakers,
  'csv-transcripts': csvTranscripts,
  'audio-folder': audioFolder,
  'audio-files': audioFiles,
  'tsv-pairs': tsvPairs,
  'jsonl-pairs': jsonlPairs,
  'text-passages': textPassages,
  'csv-texts': csvTexts,
  'jsonl-texts': jsonlTexts,
  'csv-text-pairs': csvTextPairs,
  'jsonl-text-pairs': jsonlTextPairs,
  'pair-files': pairFiles,
  conll,
  'jsonl-spans': jsonlSpans,
  'text-folder': textFolder,
  'text-files': textFiles,
  'table-classes': tableClasses,
  'table-numbers': tableNumbers,
  ratings,
} satisfies Record<string, DataFormat>
