// Import end to end over files made here: every format, every bad input, counts that add up.
import { chmod, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bmp24, encoded, noise, png, tempFolder, writeFiles } from '../../test/support/images.ts'
import type { ImportReport } from '../contract/commands.ts'
import type { Split } from '../contract/recipe.ts'
import { decode } from './decode.ts'
import { importSamples, type ImportOptions, type SampleStore } from './import.ts'
import type { NewSample } from './new-sample.ts'

let folder = ''
let stored: (NewSample & { split: Split | null })[] = []
const store: SampleStore = {
  known: (sha) => stored.some((s) => s.sha256 === sha),
  insert: (batch) => batch.map((s) => stored.push({ ...s })),
  setSplits: (splits) => {
    for (const { id, split } of splits) stored[id - 1] = { ...stored[id - 1]!, split }
  },
}
beforeEach(async () => {
  stored = []
  folder = await tempFolder()
})
afterEach(() => rm(folder, { recursive: true }))

async function run(paths: readonly string[], options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const before = stored.length
  const report = await importSamples({ input: 'image', paths: paths.map((p) => join(folder, p)), format: 'auto', ratio: null, as: 'copy', seed: 1, store, ...options })
  expect(report.read).toBe(report.stored + report.duplicates + report.skipped.length)
  expect(stored.length - before).toBe(report.stored)
  return report
}
const reasons = (report: ImportReport): Record<string, string> => Object.fromEntries(report.skipped.map((s) => [s.path.slice(folder.length + 1), s.reason]))
const classes = (): Record<string, string | null> => Object.fromEntries(stored.map((s) => [s.name, s.className]))

describe('image folders', () => {
  test('bad files are listed with the reason, all else is kept', async () => {
    const jpeg = await encoded('jpeg')
    await writeFiles(folder, {
      'd/cat/1.png': png(8, 8, 1),
      'd/cat/2.jpg': jpeg,
      'd/cat/deeper/3.bmp': bmp24(4, 4, noise(4, 4, 3, 3).data),
      'd/dog/4.webp': await encoded('webp', 4),
      'd/dog/5.gif': await encoded('gif', 5),
      'd/dog/6.tif': await encoded('tiff', 6),
      'd/dog/again.png': png(8, 8, 1),
      'd/dog/empty.png': '',
      'd/dog/text.png': 'no image at all',
      'd/dog/cut.png': png(64, 64, 9).subarray(0, 900),
      'd/dog/jpeg.png': await encoded('jpeg', 7),
      'd/notes.txt': 'notes',
      'd/.hidden.png': png(8, 8, 8),
      'd/.git/x.png': png(8, 8, 8),
      'd/Thumbs.db': 'x',
    })
    const report = await run(['d'])
    expect(report).toMatchObject({ import: null, read: 12, stored: 6, duplicates: 1, labelled: 6 })
    expect(classes()).toEqual({ 'cat/1.png': 'cat', 'cat/2.jpg': 'cat', 'cat/deeper/3.bmp': 'cat', 'dog/4.webp': 'dog', 'dog/5.gif': 'dog', 'dog/6.tif': 'dog' })
    expect(reasons(report)).toEqual({
      'd/dog/empty.png': 'empty file',
      'd/dog/text.png': 'not an image',
      'd/dog/cut.png': 'corrupt PNG',
      'd/dog/jpeg.png': 'wrongly named: .png but the content is JPEG',
      'd/notes.txt': 'not an image',
    })
    expect(report.notes).toEqual(['1 duplicates carry another label than the sample that was kept'])
    const first = stored.find((s) => s.name === 'cat/2.jpg')!
    expect(first).toMatchObject({ width: 16, height: 12, channels: 3, mime: 'image/jpeg', bytes: jpeg.length, ref: null })
    expect(Buffer.compare(first.data!, jpeg)).toBe(0)
  })
  test('a second import of the same stores nothing', async () => {
    await writeFiles(folder, { 'd/a/1.png': png(8, 8, 1), 'd/b/2.png': png(8, 8, 2) })
    await run(['d'])
    expect(await run(['d'])).toMatchObject({ read: 2, stored: 0, duplicates: 2, notes: [] })
  })
  test('links are not followed out of the folder', async () => {
    await writeFiles(folder, { 'secret.png': png(8, 8, 1), 'd/a/1.png': png(8, 8, 2) })
    await symlink(join(folder, 'secret.png'), join(folder, 'd/a/out.png'))
    await symlink(join(folder, 'nowhere'), join(folder, 'd/a/broken.png'))
    await symlink(join(folder, 'd'), join(folder, 'd/a/loop'))
    await symlink(join(folder, 'd/a/1.png'), join(folder, 'd/a/in.png'))
    const report = await run(['d'])
    expect(report).toMatchObject({ stored: 1, duplicates: 1 })
    expect(reasons(report)).toEqual({ 'd/a/out.png': 'symbolic link out of the chosen folder', 'd/a/broken.png': 'broken symbolic link', 'd/a/loop': 'symbolic link out of the chosen folder' })
  })
  test('the split of train/, val/ and test/ is kept', async () => {
    await writeFiles(folder, { 'd/train/a/1.png': png(8, 8, 1), 'd/val/a/2.png': png(8, 8, 2), 'd/test/b/3.png': png(8, 8, 3) })
    await run(['d'], { ratio: [0, 0, 1] })
    expect(stored.map((s) => [s.className, s.split])).toEqual([['a', 'test'], ['a', 'train'], ['a', 'val']].sort().map(([c, s]) => [s === 'test' ? 'b' : c, s]))
  })
  test('by reference: the file is named, its bytes are not taken', async () => {
    await writeFiles(folder, { 'd/a/1.png': png() })
    await run(['d'], { as: 'ref' })
    expect(stored[0]).toMatchObject({ ref: join(folder, 'd/a/1.png'), data: null, bytes: png().length })
  })
  test('single files, paths that are not there, nothing at all', async () => {
    await writeFiles(folder, { '1.png': png(), 'x.bin': 'what' })
    const report = await run(['1.png', 'gone.png', 'x.bin'])
    expect(report).toMatchObject({ stored: 1, labelled: 0 })
    expect(reasons(report)).toEqual({ 'gone.png': 'not found', 'x.bin': 'neither an image nor a zip nor a CSV of images' })
    await expect(run(['gone.png'])).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('gone.png: not found') as string })
    await expect(run([])).rejects.toMatchObject({ kind: 'not-found' })
  })
  test('unreadable files are listed', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'root reads everything')
    await writeFiles(folder, { 'd/a/1.png': png(), 'd/a/2.png': png(8, 8, 2) })
    await chmod(join(folder, 'd/a/2.png'), 0)
    expect(reasons(await run(['d']))).toEqual({ 'd/a/2.png': 'permission denied' })
  })
  test('an unknown format is refused; one that does not fit is said', async () => {
    await writeFiles(folder, { '1.png': png() })
    await expect(run(['1.png'], { format: 'paintings' })).rejects.toMatchObject({ kind: 'usage', message: expect.stringContaining('image-folder') as string })
    expect(reasons(await run(['1.png'], { format: 'zip' }))).toEqual({ '1.png': 'does not read as zip' })
  })
  test('labels of any writing are kept, but for those too long', async () => {
    await writeFiles(folder, { 'd/<script>alert(1)<∕script>/1.png': png(8, 8, 1), 'd/日本語 👩‍👩‍👧/2.png': png(8, 8, 2), 'd/e\u0301t\u00e9/3.png': png(8, 8, 3) })
    await writeFiles(folder, { 'l.csv': `path,label\nd/<script>alert(1)<∕script>/1.png,a\nd/日本語 👩‍👩‍👧/2.png,${'x'.repeat(201)}\n` })
    const table = await run(['l.csv'])
    expect(table).toMatchObject({ stored: 2, labelled: 1 })
    expect(table.notes?.[0]).toContain('the label has 201 characters, at most 200 are kept; the sample is stored without label')
    stored = []
    await run(['d'])
    expect(stored.map((s) => s.className).sort()).toEqual(['<script>alert(1)<∕script>', 'été', '日本語 👩‍👩‍👧'].sort())
  })
  test('the split asked for is stratified and by seed', async () => {
    for (let i = 0; i < 40; i++) await writeFiles(folder, { [`d/${i % 2 ? 'a' : 'b'}/${i}.png`]: png(4, 4, i) })
    await run(['d'], { ratio: [70, 15, 15], seed: 3 })
    for (const c of ['a', 'b']) expect(stored.filter((s) => s.className === c && s.split === 'train').length).toBe(14)
    const first = stored.map((s) => s.split)
    stored = []
    await run(['d'], { ratio: [70, 15, 15], seed: 3 })
    expect(stored.map((s) => s.split)).toEqual(first)
  })
  test('cancelling rejects, and nothing is told as done', async () => {
    for (let i = 0; i < 60; i++) await writeFiles(folder, { [`d/a/${i}.png`]: png(4, 4, i) })
    const abort = new AbortController()
    let inserted = 0
    const slow: SampleStore = { ...store, known: () => (abort.abort(), false), insert: (b) => ((inserted += b.length), b.map((_, i) => i)) }
    await expect(importSamples({ input: 'image', paths: [join(folder, 'd')], format: 'auto', ratio: null, as: 'copy', seed: 1, store: slow, signal: abort.signal })).rejects.toMatchObject({ name: 'AbortError' })
    expect(inserted).toBe(0)
  })
  test('progress ends at what was read', async () => {
    await writeFiles(folder, { 'd/a/1.png': png(8, 8, 1), 'd/a/2.png': png(8, 8, 2) })
    const events: unknown[] = []
    await run(['d'], { onProgress: (p) => events.push(p) })
    expect(events.at(-1)).toEqual({ done: 2, total: 2, stage: 'importing' })
  })
})

describe('CSV of pixels', () => {
  const digits = (label: number): number[] => [...Array.from({ length: 64 }, (_, i) => (i * 7 + label) % 17), label]
  test('8 × 8 of 0–16, label last, no header; bad rows are skipped by number', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => digits(i).join(','))
    rows[2] = rows[2]!.replace('2,9,', '2,NaN,')
    rows[4] = rows[4]!.split(',').slice(1).join(',')
    rows[6] = rows[6]!.replace(/^6,/, ',')
    rows[8] = rows[8]!.replace(/^8,/, 'Infinity,')
    await writeFiles(folder, { 'd.csv.gz': gzipSync(rows.join('\n')) })
    const report = await run(['d.csv.gz'])
    expect(report).toMatchObject({ read: 10, stored: 6, labelled: 6, notes: ['d.csv.gz: 8 × 8 pixels, values 0–16, label in the last column'] })
    expect(reasons(report)).toEqual({
      'd.csv.gz row 3': "'NaN' in column 2 is not a number",
      'd.csv.gz row 5': '64 values, expected 65',
      'd.csv.gz row 7': 'value missing in column 1',
      'd.csv.gz row 9': "'Infinity' in column 1 is not a number",
    })
    expect(stored.map((s) => s.className)).toEqual(['0', '1', '3', '5', '7', '9'])
    expect(stored[0]).toMatchObject({ name: 'd/00001.png', width: 8, height: 8, channels: 1, mime: 'image/png' })
    const pixels = await decode(stored[0]!.data!)
    expect([...pixels.data.subarray(0, 4)]).toEqual([0, 112, 223, 64]) // 0, 7, 14, 4 of 16
  })
  test('28 × 28 of 0–255 with a header and the label first', async () => {
    const header = ['label', ...Array.from({ length: 784 }, (_, i) => `p${i}`)]
    const rows = [0, 1].map((l) => [l, ...noise(28, 28, l).data])
    await writeFiles(folder, { 'm.csv': [header, ...rows].map((r) => r.join(';')).join('\r\n') + '\r\n' })
    const report = await run(['m.csv'])
    expect(report).toMatchObject({ read: 2, stored: 2, labelled: 2, notes: ['m.csv: 28 × 28 pixels, values 0–255, label in the first column'] })
    expect((await decode(stored[1]!.data!)).data).toEqual(noise(28, 28, 1).data)
  })
  test('MNIST style without header: the label is first although the last column is whole too', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [i % 10, ...Array.from({ length: 784 }, (_, p) => (p === 400 ? 255 : p === 783 ? 0 : (p + i) % 200))])
    await writeFiles(folder, { 'm.csv': rows.map((r) => r.join(',')).join('\n') })
    expect((await run(['m.csv'])).notes).toEqual(['m.csv: 28 × 28 pixels, values 0–255, label in the first column'])
    expect(stored[13]!.className).toBe('3')
  })
  test('fractions 0–1, labels as text', async () => {
    await writeFiles(folder, { 'f.csv': 'cat,0,0.5,1,0.25\ndog,1,0,0,0\n' })
    expect((await run(['f.csv'])).notes).toEqual(['f.csv: 2 × 2 pixels, values 0–1, label in the first column'])
    expect(stored.map((s) => s.className)).toEqual(['cat', 'dog'])
    expect([...(await decode(stored[0]!.data!)).data]).toEqual([0, 128, 255, 64])
  })
  test('one wild value skips its row and changes nothing else', async () => {
    const rows = Array.from({ length: 10 }, (_, i) => digits(i).join(','))
    rows[5] = rows[5]!.replace(/^5,/, '99999999,')
    await writeFiles(folder, { 'w.csv': rows.join('\n') })
    const report = await run(['w.csv'])
    expect(report).toMatchObject({ stored: 9, notes: ['w.csv: 8 × 8 pixels, values 0–16, label in the last column'] })
    expect(reasons(report)).toEqual({ 'w.csv row 6': 'value 99999999 in column 1 is outside 0–16' })
  })
  test('no label column', async () => {
    await writeFiles(folder, { 'u.csv': `${noise(4, 4, 1).data.join()}\n${noise(4, 4, 2).data.join()}\n` })
    expect(await run(['u.csv'])).toMatchObject({ stored: 2, labelled: 0, notes: ['u.csv: 4 × 4 pixels, values 0–255, no label column'] })
  })
  test('rows that make no square are skipped each', async () => {
    await writeFiles(folder, { 'n.csv': '1,2,3,4,5,6,7\n1,2,3,4,5,6,8\n' })
    expect(reasons(await run(['n.csv']))).toEqual({ 'n.csv row 1': '7 values make no square image', 'n.csv row 2': '7 values make no square image' })
  })
  test('a damaged gzip keeps the rows before', async () => {
    const text = Array.from({ length: 3000 }, (_, i) => noise(8, 8, i).data.join()).join('\n')
    const packed = gzipSync(text)
    await writeFiles(folder, { 'd.csv.gz': packed.subarray(0, packed.length / 2) })
    const report = await run(['d.csv.gz'])
    expect(report.stored).toBeGreaterThan(500)
    expect(report.skipped.at(-1)?.reason).toMatch(/^the file is damaged from here on$|values, expected 64$/)
    expect(report.skipped.some((s) => s.reason === 'the file is damaged from here on')).toBe(true)
  })
})

describe('CSV of labels', () => {
  test('paths are relative to the CSV and stay in its folder', async () => {
    await writeFiles(folder, {
      'outside.png': png(8, 8, 9),
      'd/img/1.png': png(8, 8, 1),
      'd/img/2.png': png(8, 8, 2),
      'd/labels.csv': 'file,species,split\nimg/1.png,cat,train\n./img/2.png,"dog, big",test\n../outside.png,x,\n/etc/passwd.png,x,\nimg/3.png,x,\n,x,\n',
    })
    const report = await run(['d/labels.csv'])
    expect(reasons(report)).toEqual({
      'd/labels.csv row 4: ../outside.png': 'path leads out of the folder of the table',
      'd/labels.csv row 5: /etc/passwd.png': 'path leads out of the folder of the table',
      'd/labels.csv row 6: img/3.png': 'no such file',
      'd/labels.csv row 7': 'no path',
    })
    expect(stored.map((s) => [s.name, s.className, s.split])).toEqual([['img/1.png', null, 'train'], ['img/2.png', null, 'test']])
    expect(report.notes).toEqual(['labels.csv: no label column found; images come without labels'])
  })
  test('without header; label before the path; Unicode', async () => {
    await writeFiles(folder, { '1.png': png(8, 8, 1), 'ü.png': png(8, 8, 2), 'l.csv': '\ufeff猫,1.png\nhund,ü.png\n' })
    expect(await run(['l.csv'])).toMatchObject({ stored: 2, labelled: 2 })
    expect(classes()).toEqual({ '1.png': '猫', 'ü.png': 'hund' })
  })
})

describe('zip', () => {
  const zip = (name: string, files: Record<string, Uint8Array>): Promise<void> => writeFiles(folder, { [name]: zipSync(files) })
  test('of class folders, in a wrapper', async () => {
    await zip('a.zip', { 'data/cat/1.png': png(8, 8, 1), 'data/dog/2.png': png(8, 8, 2), '__MACOSX/data/cat/._1.png': png(8, 8, 3) })
    expect(await run(['a.zip'])).toMatchObject({ read: 2, stored: 2, labelled: 2 })
    expect(classes()).toEqual({ 'data/cat/1.png': 'cat', 'data/dog/2.png': 'dog' })
    expect(stored.every((s) => s.ref === null && s.data !== null)).toBe(true)
  })
  test('of many entries, by reference where asked: they are copied all the same', async () => {
    await zip('a.zip', Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i % 3}/${i}.png`, png(8, 8, i)])))
    expect(await run(['a.zip'], { as: 'ref' })).toMatchObject({ stored: 50, skipped: [] })
    expect(stored.every((s) => s.data !== null && s.ref === null)).toBe(true)
  })
  test('with a table of labels, and with a table of pixels', async () => {
    await zip('l.zip', { 'x/labels.csv': Buffer.from('path,label\nimg/1.png,a\n../../1.png,b\n'), 'x/img/1.png': png(8, 8, 1) })
    const report = await run(['l.zip'])
    expect(classes()).toEqual({ 'x/img/1.png': 'a' })
    expect(reasons(report)).toEqual({ 'l.zip/x/labels.csv row 3: ../../1.png': 'path leads out of the folder of the table' })
    await zip('p.zip', { 'rows.csv': Buffer.from('1,2,3,4,0\n9,2,3,4,1\n') })
    expect(await run(['p.zip'])).toMatchObject({ stored: 2, labelled: 2 })
  })
  test('hostile entries are refused by name, the good are kept', async () => {
    const files: Record<string, Uint8Array> = { '../evil.png': png(8, 8, 1), '/abs.png': png(8, 8, 2), 'a/good.png': png(8, 8, 3), 'a/bomb.png': new Uint8Array(30 * 2 ** 20) }
    const bytes = zipSync(files)
    const encrypted = zipSync({ 'a/locked.png': png(8, 8, 4) })
    setFlag(encrypted)
    const link = zipSync({ 'a/link.png': [Buffer.from('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }], 'a/fine.png': png(8, 8, 5) })
    await writeFiles(folder, { 'h.zip': bytes, 'e.zip': encrypted, 'l.zip': link })
    const report = await run(['h.zip', 'e.zip', 'l.zip'])
    expect(reasons(report)).toEqual({
      'h.zip/../evil.png': 'path leads out of the archive',
      'h.zip//abs.png': 'path leads out of the archive',
      'h.zip/a/bomb.png': 'unpacks to over 200 times its size',
      'e.zip/a/locked.png': 'encrypted',
      'l.zip/a/link.png': 'symbolic link in the archive',
    })
    expect(Object.keys(classes())).toEqual(['a/good.png', 'a/fine.png'])
  })
  test('archives that are broken as a whole are listed, other paths go on', async () => {
    const good = zipSync({ 'a/1.png': png(8, 8, 1), 'a/2.png': png(8, 8, 2) })
    await writeFiles(folder, { 'cut.zip': good.subarray(0, good.length - 30), '1.png': png(8, 8, 3) })
    const report = await run(['cut.zip', '1.png'])
    expect(reasons(report)).toEqual({ 'cut.zip': 'corrupt zip' })
    expect(report.stored).toBe(1)
  })
  test('an entry that lies about its size or whose data are damaged is skipped alone', async () => {
    const bytes = zipSync({ 'a/1.png': [png(32, 32, 1), { level: 6 }], 'a/2.png': [png(32, 32, 2), { level: 6 }] })
    bytes.fill(0xff, 60, 90)
    await writeFiles(folder, { 'd.zip': bytes })
    const report = await run(['d.zip'])
    expect(report.stored).toBe(1)
    expect(Object.keys(reasons(report))).toEqual(['d.zip/a/1.png'])
  })
})

/** Sets the encryption bit of the only entry, in its central header. */
function setFlag(zip: Uint8Array): void {
  const at = Buffer.from(zip.buffer, zip.byteOffset, zip.length).indexOf('PK\x01\x02', 0, 'latin1')
  zip[at + 8] = (zip[at + 8] ?? 0) | 1
}
