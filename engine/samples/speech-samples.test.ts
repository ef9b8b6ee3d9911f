// Samples of speech: counts, splits that keep what they promise, audio that decodes, and always the same bytes.
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { decodeAudio } from '../audio/decode.ts'
import type { NewSample } from '../data/new-sample.ts'
import { commands } from './commands/commands.ts'
import type { BuiltInSample } from './sample.ts'
import { speakers } from './speakers/speakers.ts'
import { spokenDigits } from './spoken-digits/spoken-digits.ts'

async function all(sample: BuiltInSample): Promise<NewSample[]> {
  const list: NewSample[] = []
  for await (const s of sample.open()) list.push(s)
  expect(list).toHaveLength(sample.samples)
  expect(new Set(list.map((s) => s.sha256)).size).toBe(list.length)
  expect(new Set(list.map((s) => s.name)).size).toBe(list.length)
  return list
}
const hashOf = (list: readonly NewSample[]): string => {
  const hash = createHash('sha256')
  for (const s of list) hash.update(`${s.name} ${s.sha256} ${s.split ?? ''} ${s.className ?? ''} ${JSON.stringify(s.label ?? null)} ${JSON.stringify(s.meta)}\n`)
  return hash.digest('hex').slice(0, 16)
}
const countsOf = (list: readonly NewSample[], className?: string): number[] => ['train', 'val', 'test'].map((split) => list.filter((s) => s.split === split && (className === undefined || s.className === className)).length)
const groups = (list: readonly NewSample[], split: string): unknown[] => [...new Set(list.filter((s) => s.split === split && s.className !== '_silence_').map((s) => s.meta!['group']))]

test('commands: no voice is in two splits', async () => {
  const list = await all(commands)
  expect(countsOf(list)).toEqual([318, 66, 156])
  for (const word of commands.classes.slice(0, 10)) expect(countsOf(list, word)).toEqual([20, 4, 8])
  expect(countsOf(list, '_unknown_')).toEqual([68, 16, 56])
  expect(countsOf(list, '_silence_')).toEqual([50, 10, 20])
  expect([groups(list, 'train').length, groups(list, 'val'), groups(list, 'test')]).toEqual([4, ['speaker-5'], ['speaker-6', 'speaker-7']])
  expect(new Set(list.map((s) => s.className))).toEqual(new Set(commands.classes))
  for (const name of ['unknown/003.wav', 'silence/07.wav', 'commands/s0-yes-0.flac']) {
    const sample = list.find((s) => s.name === name)!
    const sound = await decodeAudio(sample.data!)
    expect(sound.samples.length / sound.rate).toBeCloseTo(Number(sample.meta!['seconds']), 3)
  }
  expect(hashOf(list)).toBe('a59f3d1a9d43bc63')
})

test('speakers: words and takes of the test split are in no other', async () => {
  const list = await all(speakers)
  expect(countsOf(list)).toEqual([168, 56, 96])
  for (const who of speakers.classes) expect(countsOf(list, who)).toEqual(who === 'speaker-2' ? [42, 14, 24] : [21, 7, 12])
  const wordsOf = (split: string): Set<string> => new Set(list.filter((s) => s.split === split).map((s) => /s\d-(\w+)-\d/.exec(s.name)![1]!))
  expect([...wordsOf('test')].filter((w) => wordsOf('train').has(w) || wordsOf('val').has(w))).toEqual([])
  expect(hashOf(list)).toBe('6542f808924c8fc9')
})

test('spoken-digits: transcripts of two to five digits, no voice in two splits', async () => {
  const list = await all(spokenDigits)
  expect(countsOf(list)).toEqual([198, 46, 56])
  expect([groups(list, 'train').length, groups(list, 'val'), groups(list, 'test').sort()]).toEqual([4, ['speaker-5'], ['speaker-6', 'speaker-7']])
  for (const { label } of list) expect(label?.kind === 'text' && label.text).toMatch(/^((zero|one|two|three|four|five|six|seven|eight|nine) ?){2,5}$/)
  expect(hashOf(list)).toBe('7ff80ef7d23d20a3')
})
