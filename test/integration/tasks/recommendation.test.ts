// Ratings from a table to ONNX: stars and rankings, beside popularity and item-kNN.
import { writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
vi.setConfig({ testTimeout: 180_000 })
const project = cli.at('films.lathe')

/** Two kinds of people, two kinds of films; each person sees eight of the twelve of their kind. */
const table = Array.from({ length: 40 }, (_, u) => Array.from({ length: 8 }, (_, k) => `u${u},f${((u * 5 + k * 7) % 12) + 12 * (u % 2)},${k % 2 === 0 ? 5 : 3},${k},${k === 7 ? 'test' : k === 6 ? 'val' : 'train'}`)).flat()

test('imports ratings by the names of their columns; what lacks a user is named', async () => {
  writeFileSync(cli.at('films.csv'), `user_id,movie,stars,timestamp,split\n${table.join('\n')}\n,f1,5,1,train\n`)
  await cli.done('new', project, '--task', 'recommendation')
  const report = (await cli.done('import', project, cli.at('films.csv'))) as { notes: string[] }
  expect(report).toMatchObject({ stored: 320, labelled: 320, skipped: [{ reason: 'has no user' }] })
  expect(report.notes[0]).toBe("user: 'user_id', item: 'movie', rating: 'stars', time: 'timestamp'")
  writeFileSync(cli.at('other.csv'), 'age,size\n1,2\n3,4\n')
  expect(await cli.done('import', project, cli.at('other.csv'))).toMatchObject({ stored: 0, skipped: [{ reason: 'other.csv: expected columns for user and item (user, user_id, customer … and item, movie, product …), found age, size' }] })
})

test.each(['matrix-factorisation', 'two-towers', 'neural-cf'])('%s trains, measures, predicts, explains and exports', async (model) => {
  const { run } = (await cli.done('train', project, '--model', model, '--epochs', '30', '--batch', '16')) as { run: number }
  const { metrics } = (await cli.done('eval', project, '--run', String(run))) as { metrics: Record<string, number> }
  expect(Object.keys(metrics).sort()).toEqual(['test/hit10', 'test/mae', 'test/ndcg10', 'test/rmse'])
  // Half of the 24 films are of the other kind: chance would be below 0.65.
  expect(metrics['test/hit10']).toBeGreaterThan(0.8)
  writeFileSync(cli.at('ask.json'), '{"user":"u0","item":"f3"}\n{"user":"nobody","item":"f3"}')
  const { predictions } = (await cli.done('predict', project, cli.at('ask.json'), '--run', String(run))) as { predictions: { outputs: { rating: number; top: { item: string }[] } }[] }
  expect(predictions.map((p) => p.outputs.top.length)).toEqual([10, 10])
  expect(predictions[0]!.outputs.rating).toBeGreaterThanOrEqual(3)
  expect(predictions[0]!.outputs.rating).toBeLessThanOrEqual(5)
  const { strongest } = (await cli.done('explain', project, '--run', String(run), '--sample', '3', '--method', 'saliency', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest.map((s) => s.name).sort()).toEqual(['item', 'user'])
  const { parity } = (await cli.done('export', project, cli.at('films.onnx'), '--run', String(run))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
})

test('choices without stars train too, and are ranked by popularity and item-kNN', async () => {
  const chosen = cli.at('chosen.lathe')
  writeFileSync(cli.at('chosen.csv'), `customer,product,split\n${table.map((line) => { const [u, f, , , split] = line.split(','); return `${u ?? ''},${f ?? ''},${split ?? ''}` }).join('\n')}\n`)
  await cli.done('new', chosen, '--task', 'recommendation')
  await cli.done('import', chosen, cli.at('chosen.csv'))
  await cli.done('train', chosen, '--epochs', '8', '--batch', '32', '--set', 'loss=bpr')
  const report = (await cli.done('baseline', chosen)) as { metric: string; models: { name: string; metrics: Record<string, number> }[]; deep: { metrics: Record<string, number> } }
  expect(report.metric).toBe('test/ndcg10')
  expect(report.models.map((m) => m.name).sort()).toEqual(['item-knn', 'popularity'])
  expect(Object.keys(report.deep.metrics).sort()).toEqual(['test/hit10', 'test/ndcg10'])
  expect(await cli.fails('export', chosen, cli.at('x.onnx'), '--baseline', 'popularity')).toMatch(/cannot become an ONNX file/)
})
