// Translation from parallel files to ONNX: training, metrics over searched answers, greedy and beam, the file step by step.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Program, tensor } from '../../../engine/compile/program.ts'
import { loadTokenizer } from '../../../engine/tokenize/load.ts'
import type { TokenizerJson } from '../../../engine/contract/tokenizer.ts'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
const project = cli.at('colours.lathe')
/** Seconds of work, but on a machine with other work. */
const TIMEOUT = 120_000
const WORDS = [['red', 'rouge'], ['blue', 'bleu'], ['green', 'vert'], ['black', 'noir'], ['white', 'blanc']] as const

/** Every three words. */
const pairs = WORDS.flatMap((a) => WORDS.flatMap((b) => WORDS.map((c) => [`${a[0]} ${b[0]} ${c[0]}`, `${a[1]} ${b[1]} ${c[1]}`] as const)))

test('imports, trains, measures', async () => {
  writeFileSync(cli.at('a.tsv'), `${pairs.slice(0, 60).map((p) => p.join('\t')).join('\n')}\nno translation\n`)
  writeFileSync(cli.at('b.jsonl'), pairs.slice(60).map(([source, target]) => JSON.stringify({ source, target })).join('\n'))
  await cli.done('new', project, '--task', 'translation')
  const report = await cli.done('import', project, cli.at('a.tsv'), cli.at('b.jsonl'), '--split', '70/15/15')
  expect([report['stored'], report['labelled']]).toEqual([125, 125])
  expect(report['skipped']).toMatchObject([{ reason: 'has no tab: expected a source, a tab and its translation' }])
  await cli.done('train', project, '--epochs', '6', '--batch', '8', '--lr', '0.01', '--set', 'modelOptions={"units":32,"embedding":16}', '--set', 'dropout=0')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(Object.keys(metrics).sort()).toEqual(['test/bleu', 'test/chrf', 'test/exact', 'test/loss'])
  // Of 350 tokens one costs 5.9 unread; to know that five words and an end follow takes it to 1.6 within seconds.
  expect(metrics['test/loss']).toBeLessThan(3)
  for (const [name, { low, high }] of Object.entries(intervals)) {
    expect(low, name).toBeLessThanOrEqual(metrics[name]! + 1e-9)
    expect(high, name).toBeGreaterThanOrEqual(metrics[name]! - 1e-9)
  }
}, TIMEOUT)

interface Translated { input: string; outputs: { kind: string; text: string; probability: number } }

test('translates texts and files, greedy and by beam; a long one is cut, an empty one named', async () => {
  writeFileSync(cli.at('one.txt'), 'red blue green')
  writeFileSync(cli.at('long.txt'), 'blue '.repeat(10_000))
  const { predictions, skipped } = (await cli.done('predict', project, cli.at('one.txt'), cli.at('long.txt'), '--text', 'red blue green', ' ', '--beam', '3')) as { predictions: Translated[]; skipped: { reason: string }[] }
  expect(predictions).toHaveLength(3)
  expect(skipped).toMatchObject([{ reason: 'the text is empty' }])
  const greedy = (await cli.done('predict', project, '--text', 'red blue green')) as { predictions: Translated[] }
  expect(greedy.predictions[0]!.outputs).toMatchObject({ kind: 'translation', source: 'red blue green' })
  // A beam looks at what greedy search finds, and at more.
  const wide = predictions.find((p) => p.input === 'red blue green')!
  expect(wide.outputs.probability).toBeGreaterThanOrEqual(greedy.predictions[0]!.outputs.probability - 1e-6)
}, TIMEOUT)

test('explains a token of the answer by those of the source, and the file writes the same answer step by step', async () => {
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'integrated-gradients', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest.length).toBeGreaterThan(0)
  const { parity } = (await cli.done('export', project, cli.at('colours.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { metadata } = (await cli.done('inspect', cli.at('colours.onnx'))) as { metadata: Record<string, string> }
  const [source, target] = ['tokenizer', 'target_tokenizer'].map((name) => loadTokenizer(JSON.parse(metadata[name]!) as TokenizerJson))
  await using program = await Program.load('colours', readFileSync(cli.at('colours.onnx')))
  const [S, T] = ['source', 'written'].map((name) => Number(program.inputs.find((i) => i.name === name)!.shape[1]))
  const read = source!.encode('red blue green').ids
  const written = [target!.special.start!]
  const padded = (ids: readonly number[], length: number): BigInt64Array => BigInt64Array.from({ length }, (_, i) => BigInt(ids[i] ?? 0))
  while (written.length < T!) {
    const { log_probabilities: out } = await program.run({ source: tensor('int64', padded(read, S!), [1, S!]), source_length: tensor('int64', BigInt64Array.of(BigInt(read.length)), [1]), written: tensor('int64', padded(written, T!), [1, T!]), written_length: tensor('int64', BigInt64Array.of(BigInt(written.length)), [1]) })
    const logs = out!.data as Float32Array
    const next = logs.indexOf(Math.max(...logs))
    if (next === target!.special.end) break
    written.push(next)
  }
  const { predictions } = (await cli.done('predict', project, '--text', 'red blue green')) as { predictions: Translated[] }
  expect(target!.decode(written).trim()).toBe(predictions[0]!.outputs.text)
}, TIMEOUT)
