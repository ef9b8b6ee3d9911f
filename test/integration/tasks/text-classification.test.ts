// Text classification from files to ONNX: folders and tables in, bad texts named, a short run measured, explained, exported and fed again.
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 600_000 })
const project = cli.at('texts.lathe')

/** Praise and blame that differ by `not` alone. */
function text(positive: boolean, i: number): string {
  const [thing, word] = [['film', 'hotel', 'book', 'soup'][i % 4]!, ['good', 'fine', 'lovely'][i % 3]!]
  return positive ? `The ${thing} number ${i % 7} was ${word}.` : `The ${thing} number ${i % 7} was not ${word}.`
}

test('imports folders and tables; empty and foreign files are named, long and foreign texts are taken', async () => {
  for (const name of ['bad', 'good']) {
    mkdirSync(cli.at('texts', name), { recursive: true })
    for (let i = 0; i < 42; i++) writeFileSync(cli.at('texts', name, `${i}.txt`), `${text(name === 'good', i)} ${'Nothing else. '.repeat(i % 3)}${String(i)}`)
  }
  writeFileSync(cli.at('texts', 'good', 'empty.txt'), ' \n')
  writeFileSync(cli.at('texts', 'good', 'latin1.txt'), Buffer.from([0x67, 0xfc, 0x74]))
  writeFileSync(cli.at('texts', 'good', 'long.txt'), 'It was good. '.repeat(3_500))
  writeFileSync(cli.at('texts', 'bad', 'unicode.txt'), '\uFEFFEs war nicht schön 😕 — 不好')
  await cli.done('new', project, '--task', 'text-classification')
  const files = await cli.done('import', project, cli.at('texts'))
  expect([files['stored'], files['labelled']]).toEqual([86, 86])
  expect((files['skipped'] as { reason: string }[]).map((s) => s.reason).sort()).toEqual(['not a text in UTF-8', 'the text is empty'])
  writeFileSync(cli.at('more.csv'), 'text,label\n"The wine, they say, was not good.",bad\n,good\n')
  const table = await cli.done('import', project, cli.at('more.csv'))
  expect(table).toMatchObject({ stored: 1, labelled: 1, skipped: [{ reason: 'the text is empty' }] })
})

test('trains, measures, predicts, explains and exports with its tokenizer', async () => {
  await cli.done('train', project, '--epochs', '8')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(metrics['test/accuracy']).toBeGreaterThanOrEqual(0.5)
  expect(Object.keys(metrics)).toContain('test/f1')
  expect(intervals['test/accuracy']!.low).toBeLessThan(metrics['test/accuracy']!)
  writeFileSync(cli.at('unseen.txt'), 'Quixotic zeugma was not good 🙃')
  const { predictions } = (await cli.done('predict', project, cli.at('unseen.txt'))) as { predictions: { outputs: { class: string; probability: number }[] }[] }
  expect(predictions[0]!.outputs.map((o) => o.class).sort()).toEqual(['bad', 'good'])
  expect(predictions[0]!.outputs.reduce((sum, o) => sum + o.probability, 0)).toBeCloseTo(1, 4)
  writeFileSync(cli.at('empty.txt'), '')
  expect(await cli.fails('predict', project, cli.at('empty.txt'))).toMatch(/the text is empty/)
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'saliency', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest[0]!.name).not.toBe('')
  const { parity } = (await cli.done('export', project, cli.at('texts.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { metadata, inputs } = (await cli.done('inspect', cli.at('texts.onnx'))) as { metadata: Record<string, string>; inputs: { name: string }[] }
  expect(inputs.map((i) => i.name)).toEqual(['input_ids', 'attention_mask'])
  expect(Object.keys((JSON.parse(metadata['tokenizer']!) as { model: { vocab: object } }).model.vocab)).toContain('not')
})
