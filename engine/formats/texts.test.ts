// Formats of texts: folders, tables, pairs, CoNLL and spans: what is read, what is refused, and that what is written comes back.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tempFolder, writeFiles } from '../../test/support/images.ts'
import type { InputKind } from '../contract/input-kind.ts'
import { formats } from './index.ts'
import type { Found, LabelRow } from './format.ts'
import { read } from './read.ts'
import { openSource } from './source/source.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeAll(async () => {
  folder = await tempFolder()
  await writeFiles(folder, {
    'classes/train/pos/1.txt': 'good',
    'classes/test/neg/2.txt': 'bad',
    'classes/test/neg/3.dat': 'x',
    'loose/1.txt': 'one',
    'reviews.csv': 'id,review,sentiment,split\n1,"Good, really","pos",train\n2,,neg,\n3,"Bad\nin two lines",neg,test\n',
    'bare.tsv': 'pos\tgood film\nneg\tbad film\npos\tfine film here\nneg\tpoor film\n',
    'pairs.csv': 'premise,hypothesis,label\nA dog runs.,An animal moves.,entailment\nA dog runs.,,neutral\n',
    'texts.jsonl': '{"text":"good","label":"pos"}\nnot json\n{"text":"bad","label":1,"split":"dev"}\n{"other":1}\n',
    'pairs.jsonl': '{"a":"x y","b":"z","label":"same"}\n',
    'one.json': '{"a":"x","b":"y"}',
    'news.conll': '-DOCSTART- -X- O O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\nGerman JJ B-NP I-MISC\ncall NN I-NP I-MISC\n\nbroken line without tag\nX Y Z\n\nNew S-LOC\n',
    'spans.jsonl': '{"text":"😀 Ada met Bob","spans":[{"start":2,"end":5,"label":"PER"},{"start":10,"end":13,"label":"PER"}]}\n{"text":"no","entities":[[0,9,"X"]]}\n{"text":"plain"}\n',
  })
})
afterAll(() => rm(folder, { recursive: true }))

async function found(name: string, input: InputKind, task: string, format = 'auto'): Promise<Found[]> {
  const all: Found[] = []
  for await (const one of read({ source: await openSource(at(name)), format, input, task, ctx: { note: () => undefined, expect: () => undefined, signal: undefined } })) all.push(one)
  return all
}
const shown = async (items: readonly Found[]): Promise<unknown[]> => await Promise.all(items.map(async (f) => (f.kind === 'skip' ? [f.path, f.reason] : [new TextDecoder().decode(await f.read()), f.label === undefined ? f.className : f.label, f.split])))

const classify = async (name: string): Promise<unknown[]> => await shown(await found(name, 'text', 'text-classification'))

test('folders: the first folder below the split is the class', async () => {
  expect(await classify('classes')).toEqual([['bad', 'neg', 'test'], ['classes/test/neg/3.dat'.slice(8), 'no .txt file'], ['good', 'pos', 'train']])
  expect(await classify('loose')).toEqual([['one', null, null]])
  expect(await classify('loose/1.txt')).toEqual([['one', null, null]])
})

test('tables: columns by name, quoted cells, empty texts skipped; without a header the column that repeats is the class', async () => {
  expect(await classify('reviews.csv')).toEqual([['Good, really', 'pos', 'train'], ['reviews.csv line 3', 'the text is empty'], ['Bad\nin two lines', 'neg', 'test']])
  expect((await classify('bare.tsv'))[0]).toEqual(['good film', 'pos', null])
  expect(await classify('texts.jsonl')).toEqual([['good', 'pos', null], ['texts.jsonl line 2', 'is no JSON object'], ['bad', '1', 'val'], ['texts.jsonl line 4', 'has no field of a text (text)']])
})

test('pairs: from tables, lines and files, as JSON of a and b', async () => {
  const pairs = async (name: string): Promise<unknown[]> => await shown(await found(name, 'text-pair', 'text-pair'))
  expect(await pairs('pairs.csv')).toEqual([['{"a":"A dog runs.","b":"An animal moves."}', 'entailment', null], ['pairs.csv line 3', 'the second text is empty']])
  expect(await pairs('pairs.jsonl')).toEqual([['{"a":"x y","b":"z"}', 'same', null]])
  expect(await pairs('one.json')).toEqual([['{"a":"x","b":"y"}', null, null]])
})

test('CoNLL: tags of several styles become spans; a sentence with a bad line is left out and named', async () => {
  const tagged = await shown(await found('news.conll', 'text', 'text-tagging', 'conll'))
  expect(tagged).toEqual([
    ['EU rejects German call', { kind: 'spans', spans: [{ start: 0, end: 2, class: 'ORG' }, { start: 11, end: 22, class: 'MISC' }] }, null],
    ['news.conll line 8', 'expected a token and a tag such as O, B-name or I-name; the sentence is left out'],
    ['New', { kind: 'spans', spans: [{ start: 0, end: 3, class: 'LOC' }] }, null],
  ])
})

test('spans: places count characters, also beyond the basic plane; spans outside the text are refused', async () => {
  expect(await shown(await found('spans.jsonl', 'text', 'text-tagging'))).toEqual([
    ['😀 Ada met Bob', { kind: 'spans', spans: [{ start: 3, end: 6, class: 'PER' }, { start: 11, end: 14, class: 'PER' }] }, null],
    ['spans.jsonl line 2', 'has a span from 0 to 9 in a text of 2 characters'],
    ['plain', null, null],
  ])
})

test('what is written comes back: spans exactly, CoNLL with its tokens parted by spaces', async () => {
  const text = '😀 Ada Lovelace met Bob.'
  const row: LabelRow = { name: 'a.txt', className: null, split: 'test', text: () => text, label: { kind: 'spans', spans: [{ start: 3, end: 15, class: 'PER' }, { start: 20, end: 23, class: 'PER' }] } }
  await writeFiles(folder, { 'back/spans.jsonl': [...formats['jsonl-spans'].write!([row])].join(''), 'back/tags.conll': [...formats.conll.write!([row])].join('') })
  expect(await shown(await found('back/spans.jsonl', 'text', 'text-tagging'))).toEqual([[text, row.label, 'test']])
  const [conll] = await found('back/tags.conll', 'text', 'text-tagging')
  const back = new TextDecoder().decode(await (conll as Extract<Found, { kind: 'item' }>).read())
  const { label } = conll as Extract<Found, { kind: 'item' }>
  expect(back).toBe('😀 Ada Lovelace met Bob .')
  expect(label?.kind === 'spans' && label.spans.map((s) => [back.slice(s.start, s.end), s.class])).toEqual([['Ada Lovelace', 'PER'], ['Bob', 'PER']])
})
