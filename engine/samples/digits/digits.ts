// Sample `digits`: 1,797 handwritten digits of 8 × 8 pixels.
import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import type { NewSample } from '../../data/new-sample.ts'
import { sizeOfPng } from '../../data/png.ts'
import { splitStratified } from '../../data/split.ts'
import { openCsv } from '../../formats/source/csv.ts'
import { readPixelTable } from '../../formats/source/pixel-table.ts'
import { openSource } from '../../formats/source/source.ts'
import type { FoundItem } from '../../formats/format.ts'
import { LatheError } from '../../contract/errors.ts'
import { samplePath } from '../assets.ts'
import type { BuiltInSample } from '../sample.ts'

const SPLIT_SEED = 0

async function* open(): AsyncGenerator<NewSample> {
  const path = samplePath('digits', 'digits.csv.gz')
  const table = await openCsv(await (await openSource(path)).stream(), undefined)
  const found: FoundItem[] = []
  for await (const item of readPixelTable(table, basename(path), { note: () => undefined, expect: () => undefined, signal: undefined })) {
    if (item.kind === 'skip') throw new LatheError('corrupt', `the built-in sample 'digits' is damaged: ${item.path}: ${item.reason}. Install Lathe again`)
    found.push(item)
  }
  const splits = splitStratified(
    found.map((f) => f.className),
    [0.7, 0.15, 0.15],
    SPLIT_SEED,
  )
  for (const [i, item] of found.entries()) {
    const data = await item.read()
    const name = `digits/${item.className ?? ''}/${String(i + 1).padStart(4, '0')}.png`
    yield { name, sha256: createHash('sha256').update(data).digest('hex'), ref: null, bytes: data.length, mime: 'image/png', ...sizeOfPng(data), split: splits[i] ?? null, data, className: item.className }
  }
}

export const digits: BuiltInSample = {
  title: 'Handwritten digits',
  task: 'image-classification',
  samples: 1797,
  bytes: 57_512,
  licence: 'Optical Recognition of Handwritten Digits © E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, https://doi.org/10.24432/C50P49, licensed under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/). Here: its 1,797 test images, pixels scaled from 0–16 to 0–255.',
  description: '1,797 digits written by hand, 8 × 8 grey pixels, ten classes.',
  trainSeconds: 10,
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
  open,
}
