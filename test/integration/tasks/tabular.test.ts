// Tables from CSV and JSON to ONNX: classes and numbers, gaps, unseen values, constant columns, shallow models beside the network.
import { writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 180_000 })

const COLOURS = ['red', 'green', 'blue']
/** Size decides, and colour a little; every eighth size is missing. */
const rows = Array.from({ length: 120 }, (_, i) => ({ size: ((i * 37) % 60) + i / 1000, colour: COLOURS[i % 3]!, unit: 'cm', day: new Date(Date.UTC(2020, 0, 1 + 9 * i)).toISOString().slice(0, 10), gap: i % 8 === 0 }))
const ripe = (r: (typeof rows)[number]): string => (r.size + (r.colour === 'red' ? 10 : 0) > 32 ? 'ripe' : 'green')

interface Report { stored: number; labelled: number; skipped: { reason: string }[]; notes: string[] }

test('classes: imports, trains, measures, predicts, explains, exports', async () => {
  const project = cli.at('fruit.lathe')
  writeFileSync(cli.at('fruit.csv'), `size,colour,unit,day,ripeness\n${rows.map((r) => `${r.gap ? '' : r.size},${r.colour},${r.unit},${r.day},${ripe(r)}`).join('\n')}\n5,red\n,,,,ripe\n`)
  await cli.done('new', project, '--task', 'tabular-classification')
  const report = (await cli.done('import', project, cli.at('fruit.csv'), '--split', '60/20/20')) as unknown as Report
  expect(report).toMatchObject({ stored: 120, labelled: 120, skipped: [{ reason: '2 cells, the table has 5 columns' }, { reason: 'all cells are empty' }] })
  expect(report.notes[0]).toContain("target: column 'ripeness'")
  await cli.done('train', project, '--epochs', '40')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, unknown> }
  expect(metrics['test/accuracy']).toBeGreaterThan(0.7)
  expect(metrics['test/auc']).toBeGreaterThan(0.7)
  expect(intervals).toHaveProperty(['test/auc'])
  writeFileSync(cli.at('new.csv'), 'colour,size,unheard\npurple,58,1\nred,,2\n')
  const { predictions } = (await cli.done('predict', project, cli.at('new.csv'))) as { predictions: { outputs: { class: string }[] }[] }
  expect(predictions).toHaveLength(2)
  expect(predictions[0]!.outputs[0]!.class).toBe('ripe')
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'integrated-gradients', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  // `unit` never changes, so the recipe leaves it out.
  expect(strongest.map((s) => s.name).sort()).toEqual(['colour', 'day', 'size'])
  const { parity } = (await cli.done('export', project, cli.at('fruit.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  const { inputs, metadata } = (await cli.done('inspect', cli.at('fruit.onnx'))) as { inputs: { name: string; dtype: string }[]; metadata: { input: string } }
  expect(inputs.map((i) => `${i.name} ${i.dtype}`)).toEqual(['numbers float32', 'codes int64'])
  expect(JSON.parse(metadata.input)).toMatchObject({ codes: [{ name: 'colour', unknown: 0 }], dropped: [{ name: 'unit', why: "is always 'cm': a constant says nothing" }] })
})

test('baseline: one table on the same split, a verdict, and the best as a file', async () => {
  const project = cli.at('fruit.lathe')
  const report = (await cli.done('baseline', project)) as { models: { name: string; metrics: Record<string, number>; seconds: number }[]; deep: { metrics: Record<string, number> }; verdict: string; difference: { samples: number } }
  expect(report.models.map((m) => m.name).sort()).toEqual(['gradient-boosting', 'logistic-regression', 'naive-bayes', 'nearest-neighbours', 'random-forest'])
  const accuracies = report.models.map((m) => m.metrics['test/accuracy']!)
  expect(accuracies).toEqual(accuracies.toSorted((a, b) => b - a))
  const { metrics, samples } = (await cli.done('eval', project)) as { metrics: Record<string, number>; samples: number }
  expect(report.deep.metrics['test/accuracy']).toBe(metrics['test/accuracy'])
  expect(report.difference.samples).toBe(samples)
  expect(report.verdict).toMatch(/noise|is better than/)
  const best = (await cli.done('export', project, cli.at('forest.onnx'), '--baseline', 'random-forest')) as { parity: { maxAbsDiff: number }; baseline: string }
  expect(best.baseline).toBe('random-forest')
  expect(best.parity.maxAbsDiff).toBeLessThan(1e-5)
  expect(await cli.fails('export', project, cli.at('x.onnx'), '--baseline', 'oracle')).toMatch(/no shallow model 'oracle'/)
})

test('numbers: a chosen target column, JSON rows, regression against linear regression', async () => {
  const project = cli.at('price.lathe')
  writeFileSync(cli.at('price.jsonl'), rows.map((r) => JSON.stringify({ price: 3 * r.size + 7 * COLOURS.indexOf(r.colour), size: r.size, colour: r.colour })).join('\n'))
  await cli.done('new', project, '--task', 'tabular-regression')
  expect(await cli.fails('import', project, cli.at('price.jsonl'), '--target', 'cost')).toMatch(/there is no column 'cost'; there are: price, size, colour/)
  await cli.done('import', project, cli.at('price.jsonl'), '--target', 'price', '--split', '60/20/20')
  await cli.done('train', project, '--epochs', '40')
  const { metrics } = (await cli.done('eval', project)) as { metrics: Record<string, number> }
  expect(Object.keys(metrics).sort()).toEqual(['test/mae', 'test/r2', 'test/rmse'])
  expect(metrics['test/r2']).toBeGreaterThan(0.9)
  const report = (await cli.done('baseline', project)) as { metric: string; models: { name: string; metrics: Record<string, number> }[] }
  expect(report.metric).toBe('test/rmse')
  expect(report.models.find((m) => m.name === 'linear-regression')!.metrics['test/r2']).toBeGreaterThan(0.95)
  const { parity } = (await cli.done('export', project, cli.at('price.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
})
