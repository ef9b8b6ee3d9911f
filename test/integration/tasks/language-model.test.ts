// Language model from a text file to ONNX: passages, training, bits per character beside the 5-gram, continuing a prompt by the app and by the file.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { Random } from '../../../engine/data/random.ts'
import { loadTokenizer } from '../../../engine/tokenize/load.ts'
import type { TokenizerJson } from '../../../engine/contract/tokenizer.ts'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
const project = cli.at('verses.lathe')
/** Seconds of work, but on a machine with other work. */
const TIMEOUT = 120_000

/** Sentences of a small grammar, in paragraphs. */
function book(): string {
  const random = new Random(1, 'sample')
  const pick = (words: readonly string[]): string => words[random.int(words.length)]!
  const sentence = (): string => `The ${pick(['cat', 'queen', 'hatter'])} ${pick(['saw', 'heard', 'met'])} the ${pick(['mouse', 'king', 'rabbit'])}.`
  return Array.from({ length: 40 }, () => Array.from({ length: 8 }, sentence).join(' ')).join('\n\n')
}

test('imports, trains, measures', async () => {
  writeFileSync(cli.at('book.txt'), book())
  writeFileSync(cli.at('empty.txt'), '\n \n')
  await cli.done('new', project, '--task', 'language-model')
  const report = await cli.done('import', project, cli.at('book.txt'), cli.at('empty.txt'), '--split', '70/15/15')
  expect(report['labelled']).toBe(report['stored'])
  expect(report['skipped']).toMatchObject([{ reason: 'the text is empty' }])
  await cli.done('train', project, '--epochs', '20', '--lr', '0.02', '--set', 'input.length=32', '--set', 'modelOptions={"units":32,"embedding":16}', '--set', 'dropout=0', '--set', 'averaging=null')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(Object.keys(metrics).sort()).toEqual(['test/accuracy', 'test/bits_per_character', 'test/bits_per_character_5gram', 'test/gain_over_5gram', 'test/loss', 'test/perplexity'])
  // Of 27 letters and signs one costs 4.7 bits unread.
  expect(metrics['test/bits_per_character']).toBeLessThan(1.5)
  expect(metrics['test/bits_per_character_5gram']).toBeLessThan(1)
  expect(intervals['test/bits_per_character']!.low).toBeLessThanOrEqual(metrics['test/bits_per_character']!)
}, TIMEOUT)

interface Continuation { outputs: { kind: string; prompt: string; text: string; next: { token: string; probability: number }[] } }

test('continues prompts: the same seed the same text, an empty one too', async () => {
  const ask = async (...options: string[]): Promise<Continuation[]> => (await cli.done('predict', project, '--text', 'The cat saw', '', 'Ωmega and so on', '--tokens', '12', ...options))['predictions'] as Continuation[]
  const greedy = await ask('--temperature', '0')
  expect(greedy.map((p) => p.outputs.prompt)).toEqual(['The cat saw', '', 'Ωmega and so on'])
  expect(greedy[0]!.outputs.text).toMatch(/^ the /)
  expect(greedy[1]!.outputs.text).toMatch(/^The /)
  expect((await ask('--temperature', '2', '--seed', '3'))[2]).toEqual((await ask('--temperature', '2', '--seed', '3'))[2])
  writeFileSync(cli.at('prompt.txt'), 'The queen saw')
  const { predictions } = (await cli.done('predict', project, cli.at('prompt.txt'), '--tokens', '5', '--top-k', '1')) as { predictions: Continuation[] }
  expect(predictions[0]!.outputs.text).toMatch(/^ the/)
  expect(await cli.fails('predict', project, '--text', 'x', '--top-p', '0')).toMatch(/topP/)
}, TIMEOUT)

test('explains the next token by those before, and the file foretells as the app does', async () => {
  const { strongest } = (await cli.done('explain', project, '--sample', '1', '--method', 'saliency', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest.length).toBeGreaterThan(0)
  const { parity } = (await cli.done('export', project, cli.at('verses.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { metadata } = (await cli.done('inspect', cli.at('verses.onnx'))) as { metadata: Record<string, string> }
  const reader = loadTokenizer(JSON.parse(metadata['tokenizer']!) as TokenizerJson)
  await using program = await Program.load('verses', readFileSync(cli.at('verses.onnx')))
  const ids = [reader.special.start!, ...reader.encode('The cat saw').ids]
  const padded = new BigInt64Array(32)
  ids.forEach((id, i) => (padded[i] = BigInt(id)))
  const { log_probabilities: out } = await program.run({ ids: tensor('int64', padded, [1, 32]), length: tensor('int64', BigInt64Array.of(BigInt(ids.length)), [1]) })
  const logs = out!.data as Float32Array
  expect(' the'.startsWith(reader.decode([logs.indexOf(Math.max(...logs))]))).toBe(true)
  const { predictions } = (await cli.done('predict', project, '--text', 'The cat saw', '--tokens', '1')) as { predictions: Continuation[] }
  expect(predictions[0]!.outputs.next[0]!.probability).toBeCloseTo(Math.exp(Math.max(...logs)), 5)
}, TIMEOUT)
