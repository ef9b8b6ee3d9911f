// The registry: every file of the folder is in it, and `auto` finds the right format.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rm } from 'node:fs/promises'
import { png, tempFolder, writeFiles } from '../../test/support/images.ts'
import type { DataFormat } from './format.ts'
import { formats } from './index.ts'
import { openSource } from './source/source.ts'

let folder = ''
beforeAll(async () => {
  folder = await tempFolder()
  await writeFiles(folder, {
    'classes/a/1.png': png(),
    'loose/1.png': png(),
    'table/labels.csv': 'path,label\n1.png,a\n',
    'table/1.png': png(),
    'a.zip': zipSync({ 'a/1.png': png() }),
    'pixels.csv': '1,2,3,4,0\n',
    'pixels.csv.gz': gzipSync('1,2,3,4,0\n'),
    'labels.tsv': 'x.png\ta\n',
    'other.txt': 'nothing of this',
    'zip.png': zipSync({ 'a/1.png': png() }),
  })
})
afterAll(() => rm(folder, { recursive: true }))

test('names every format file', () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['index.ts', 'format.ts', 'read.ts'].includes(f))
  expect(Object.keys(formats).sort()).toEqual(files.map((f) => f.replace('.ts', '')).sort())
})

test.each([
  ['classes', 'image-folder'],
  ['loose', 'image-files'],
  ['loose/1.png', 'image-files'],
  ['table', 'csv-labels'],
  ['a.zip', 'zip'],
  ['pixels.csv', 'csv-pixels'],
  ['pixels.csv.gz', 'csv-pixels'],
  ['labels.tsv', 'csv-labels'],
  ['zip.png', 'image-files'],
  ['other.txt', undefined],
])('%s is read as %s', async (path, expected) => {
  const source = await openSource(join(folder, path))
  let found: string | undefined
  for (const [name, format] of Object.entries<DataFormat>(formats)) if (found === undefined && format.inputs.includes('image') && (await format.match(source))) found = name
  expect(found).toBe(expected)
})

test('written labels come back the same, whatever is in them', async () => {
  const rows = [
    { name: 'a,b.png', className: 'a "quoted" one', split: 'train' as const },
    { name: 'c.png', className: '<script>alert(1)</script>', split: null },
    { name: 'd.png', className: null, split: 'test' as const },
    { name: 'e.png', className: '猫\n犬', split: 'val' as const },
  ]
  const images = Object.fromEntries(rows.map((r, i) => [`back/${r.name}`, png(8, 8, i)]))
  await writeFiles(folder, { ...images, 'back/labels.csv': [...formats['csv-labels'].write!(rows)].join('') })
  const back: unknown[] = []
  const source = await openSource(join(folder, 'back/labels.csv'))
  for await (const found of formats['csv-labels'].read(source, { note: () => undefined, expect: () => undefined, signal: undefined })) {
    if (found.kind === 'item') back.push({ name: found.name, className: found.className === '' ? null : found.className, split: found.split })
  }
  expect(back).toEqual(rows)
})
