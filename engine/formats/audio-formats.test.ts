// Formats of recordings: class folders, tables of words, speakers and transcripts, zips; bad rows and files named and skipped.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeWav } from '../audio/wav.ts'
import type { NewSample } from '../data/new-sample.ts'
import { importSamples, type ImportOptions } from '../data/import.ts'
import type { ImportReport } from '../contract/commands.ts'
import { formats } from './index.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lathe-audio-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** 20 ms at 8 kHz, each another tone. */
const wav = (n: number, samples = 160): Uint8Array => encodeWav({ rate: 8000, samples: Float32Array.from({ length: samples }, (_, i) => 0.3 * Math.sin((i * (n + 1)) / 9)) })

async function write(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const root = await mkdtemp(path.join(folder, 'd-'))
  for (const [name, data] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), data)
  }
  return root
}

async function imported(paths: readonly string[], task: string, format = 'auto'): Promise<{ report: ImportReport; samples: NewSample[] }> {
  const samples: NewSample[] = []
  const options: ImportOptions = {
    paths,
    input: 'audio',
    task,
    format,
    ratio: null,
    as: 'copy',
    seed: 1,
    store: {
      known: () => false,
      insert: (batch) => batch.map((s) => samples.push(s)),
      setSplits: () => undefined,
    },
  }
  const report = await importSamples(options)
  return { report, samples }
}
const seen = (samples: readonly NewSample[]): unknown[] => samples.map((s) => [s.name, s.className, s.split])

test('audio folder: classes, splits, and what is no recording', async () => {
  const root = await write({ 'train/yes/a.wav': wav(1), 'train/no/b.wav': wav(2), 'test/yes/c.wav': wav(3), 'test/no/broken.wav': wav(4).subarray(0, 100), 'test/no/short.wav': wav(5, 1), 'test/no/0a7c2a8d_nohash_1.wav': wav(6), 'README.md': 'words' })
  const { report, samples } = await imported([root], 'keyword-spotting')
  expect(seen(samples)).toEqual([['test/no/0a7c2a8d_nohash_1.wav', 'no', 'test'], ['test/yes/c.wav', 'yes', 'test'], ['train/no/b.wav', 'no', 'train'], ['train/yes/a.wav', 'yes', 'train']])
  expect(samples[0]!.meta).toEqual({ seconds: 0.02, rate: 8000, speaker: '0a7c2a8d', group: '0a7c2a8d' })
  expect(report.skipped.map(({ path: p, reason }) => [path.basename(p), reason])).toEqual([['README.md', 'not audio'], ['broken.wav', 'truncated WAV (3.5 ms of 20 ms are there)'], ['short.wav', 'too short (1 sample, 0.13 ms): at least 10 ms are needed']])
})

test('tables: words for one task, speakers for another, transcripts for a third', async () => {
  const table = 'file,text,word,speaker,split\nx/a.wav,one two,one,ann,train\nx/b.wav,three,three,bob,test\nx/gone.wav,four,four,bob,\n../out.wav,five,five,bob,\n,six,six,bob,\n'
  const root = await write({ 'table.csv': table, 'x/a.wav': wav(1), 'x/b.wav': wav(2) })
  const file = path.join(root, 'table.csv')
  const words = await imported([file], 'keyword-spotting')
  expect(seen(words.samples)).toEqual([['x/a.wav', 'one', 'train'], ['x/b.wav', 'three', 'test']])
  expect(words.samples[0]!.meta).toMatchObject({ group: 'ann', speaker: 'ann' })
  expect(words.report.skipped.map(({ reason }) => reason)).toEqual(['no such file', 'path leads out of the folder of the table', 'no path'])
  const speakers = await imported([root], 'speaker-identification')
  expect(seen(speakers.samples)).toEqual([['x/a.wav', 'ann', 'train'], ['x/b.wav', 'bob', 'test']])
  expect(speakers.samples[0]!.meta).not.toHaveProperty('group')
  const texts = await imported([file], 'speech-to-text')
  expect(texts.samples.map((s) => [s.className, s.label])).toEqual([[null, { kind: 'text', text: 'one two' }], [null, { kind: 'text', text: 'three' }]])
})

test('zips hold the same, and a named format is taken at its word', async () => {
  const files = { 'table.csv': new TextEncoder().encode('path,sentence\na.wav,hello there\n'), 'a.wav': wav(1) }
  const root = await write({ 'speech.zip': zipSync(files), 'words.zip': zipSync({ 'w/up/a.wav': wav(1), 'w/down/b.wav': wav(2) }) })
  expect((await imported([path.join(root, 'speech.zip')], 'speech-to-text')).samples.map((s) => s.label)).toEqual([{ kind: 'text', text: 'hello there' }])
  expect(seen((await imported([path.join(root, 'words.zip')], 'keyword-spotting')).samples)).toEqual([['w/down/b.wav', 'down', null], ['w/up/a.wav', 'up', null]])
  await expect(imported([path.join(root, 'words.zip')], 'keyword-spotting', 'csv-transcripts')).rejects.toThrow("format 'csv-transcripts' holds no recordings")
})

test('single files, and transcripts beside them', async () => {
  const root = await write({ 'a.wav': wav(1), 'a.txt': 'good morning\n', 'b.wav': wav(2), 'c.flac': wav(3) })
  const { samples, report } = await imported([root], 'speech-to-text')
  expect(samples.map((s) => [s.name, s.label])).toEqual([['a.wav', { kind: 'text', text: 'good morning' }], ['b.wav', null]])
  expect(report.skipped.map(({ reason }) => reason)).toEqual(['wrongly named: .flac but the content is WAV'])
  expect((await imported([path.join(root, 'a.wav')], 'keyword-spotting')).samples.map((s) => s.name)).toEqual(['a.wav'])
})

test('what is written is read back', async () => {
  const rows = [{ name: 'a.wav', className: null, split: 'train' as const, label: { kind: 'text' as const, text: 'one, "two"' } }]
  const csv = [...formats['csv-transcripts'].write!(rows)].join('')
  const root = await write({ 'out.csv': csv, 'a.wav': wav(1) })
  const { samples } = await imported([path.join(root, 'out.csv')], 'speech-to-text')
  expect(samples.map((s) => [s.split, s.label])).toEqual([['train', rows[0]!.label]])
})
