// Texts in passages and parallel texts: what is read, what is skipped and why.
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Found } from './format.ts'
import { read } from './read.ts'
import { openSource } from './source/source.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lathe-texts-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function found(task: string, name: string, content: string | Uint8Array | null, format = 'auto'): Promise<Found[]> {
  const path = join(folder, name)
  if (content !== null) {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const out: Found[] = []
  for await (const one of read({ source: await openSource(path), format, input: 'text', task, ctx: { note: () => undefined, expect: () => undefined, signal: undefined } })) out.push(one)
  return out
}
async function shown(all: readonly Found[]): Promise<unknown[]> {
  return await Promise.all(all.map(async (one) => (one.kind === 'skip' ? `${one.path}: ${one.reason}` : [one.name, new TextDecoder().decode(await one.read()), one.label?.kind === 'text' ? one.label.text : one.label?.kind, one.split])))
}

test('parallel TSV: lines without a tab or with an empty side are named, the rest is kept', async () => {
  const all = await found('translation', 'pairs.tsv', 'one\tun\r\ntwo\tdeux\tsource: someone\n\nno tab here\n\tquatre\nfive\t \nsix\tsix "et demi"\n')
  expect(await shown(all)).toEqual([
    ['pairs/000001.txt', 'one', 'un', null],
    ['pairs/000002.txt', 'two', 'deux', null],
    'pairs.tsv line 4: has no tab: expected a source, a tab and its translation',
    'pairs.tsv line 5: the source is empty',
    'pairs.tsv line 6: the translation is empty',
    ['pairs/000007.txt', 'six', 'six "et demi"', null],
  ])
})

test('parallel TSV: a header names the columns and the split', async () => {
  const all = await found('translation', 'named.tsv.gz', gzipSync('split\ttarget\tid\tsource\ntrain\tun\t7\tone\ndev\tdeux\t8\ttwo\n'))
  expect(await shown(all)).toEqual([
    ['named.tsv/000002.txt', 'one', 'un', 'train'],
    ['named.tsv/000003.txt', 'two', 'deux', 'val'],
  ])
})

test('parallel JSONL', async () => {
  const all = await found('translation', 'pairs.jsonl', '{"source":"one","target":"un","split":"test"}\n{"source":"two"}\n{broken\n{"source":"three","target":"trois","more":[1]}')
  expect(await shown(all)).toEqual([
    ['pairs/000001.txt', 'one', 'un', 'test'],
    'pairs.jsonl line 2: expected {"source": "…", "target": "…"}',
    'pairs.jsonl line 3: is no JSON',
    ['pairs/000004.txt', 'three', 'trois', null],
  ])
})

test('bytes that are no text are refused in one line', async () => {
  const all = await found('translation', 'latin.tsv', Buffer.from('caf\xe9\tcoffee\n', 'latin1'))
  expect(await shown(all)).toEqual(['latin.tsv: not a text in UTF-8'])
})

test('a language model’s text comes in passages that need no label', async () => {
  const paragraph = 'Alice was beginning to get very tired. '.repeat(20).trim()
  const all = await found('language-model', 'book.txt', `\uFEFF${paragraph}\n\n${paragraph} Yes.\n\nEnd.\n`)
  expect(await shown(all)).toEqual([
    ['book/01.txt', paragraph, 'none', null],
    ['book/02.txt', `${paragraph} Yes.\n\nEnd.`, 'none', null],
  ])
})

test('folders of texts: splits by name, empty files and others named', async () => {
  await found('language-model', 'texts/train/a.txt', 'Some text.')
  await found('language-model', 'texts/test/b.md', 'More text.')
  await found('language-model', 'texts/empty.txt', ' \n\n')
  await writeFile(join(folder, 'texts/picture.png'), 'x')
  expect(await shown(await found('language-model', 'texts', null))).toEqual([
    'empty.txt: the text is empty',
    'picture.png: no text file',
    ['test/b.md', 'More text.', 'none', 'test'],
    ['train/a.txt', 'Some text.', 'none', 'train'],
  ])
})

test('formats of one task are not offered to another', async () => {
  await expect(found('text-classification', 'pairs.tsv', null, 'tsv-pairs')).rejects.toThrow(/format 'tsv-pairs' holds no texts/)
})
