// Text tagging from CoNLL to ONNX: the tags found again as spans, in files and in the exported graph.
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 600_000 })
const project = cli.at('names.lathe')
const NAMES = ['Ada Byron', 'Kurt', 'Emmy Noether', 'Alan', 'Grace Hopper']
const TOWNS = ['Paris', 'New York', 'Rome', 'Oslo']

function sentence(i: number): string {
  const [name, town] = [NAMES[i % 5]!, TOWNS[i % 4]!]
  const tagged = (text: string, tag: string): string[] => text.split(' ').map((word, k) => `${word} ${k === 0 ? 'B' : 'I'}-${tag}`)
  return [...tagged(name, 'PER'), 'lives O', 'in O', ...tagged(town, 'LOC'), `since O`, `${1900 + i} O`, '. O'].join('\n')
}

test('imports CoNLL and writes it again', async () => {
  writeFileSync(cli.at('news.conll'), `${Array.from({ length: 80 }, (_, i) => sentence(i)).join('\n\n')}\n`)
  await cli.done('new', project, '--task', 'text-tagging')
  expect(await cli.done('import', project, cli.at('news.conll'))).toMatchObject({ stored: 80, labelled: 80, skipped: [] })
  await cli.done('labels', project, cli.at('back.conll'), '--format', 'conll')
  expect(readFileSync(cli.at('back.conll'), 'utf8').trim()).toBe(readFileSync(cli.at('news.conll'), 'utf8').trim())
})

test('trains, measures span F1, predicts spans, explains, exports', async () => {
  await cli.done('train', project, '--epochs', '14')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  expect(metrics['test/f1']).toBeGreaterThan(0.7)
  expect(intervals['test/f1']!.high).toBeLessThanOrEqual(1)
  const text = 'Emmy Noether lives in New York since 1933 .'
  writeFileSync(cli.at('one.txt'), text)
  const { predictions } = (await cli.done('predict', project, cli.at('one.txt'))) as { predictions: { outputs: { kind: string; spans: { start: number; end: number; class: string; text: string; probability: number }[] } }[] }
  const { kind, spans } = predictions[0]!.outputs
  expect(kind).toBe('spans')
  for (const span of spans) {
    expect(text.slice(span.start, span.end)).toBe(span.text)
    expect(span.probability).toBeGreaterThan(0)
    expect(span.probability).toBeLessThanOrEqual(1.0001)
  }
  expect(spans.map((s) => s.class)).toContain('PER')
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'saliency', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest[0]!.name).not.toBe('')
  const { parity } = (await cli.done('export', project, cli.at('names.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
})
