// Series classification from files to ONNX: CSV and JSON in class folders, a table of recordings, bad ones named.
import { mkdirSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 180_000 })
const project = cli.at('moves.lathe')

/** A rise or a fall, of its own length and start, in two channels. */
function steps(up: boolean, i: number): [number, number][] {
  return Array.from({ length: 20 + (i % 9) }, (_, t) => [(up ? 1 : -1) * (t > 6 + (i % 5) ? 1 : 0) + 0.1 * Math.sin(t * 7 + i), 0.1 * Math.cos(t * 3 + i)])
}

test('imports files of both kinds and tables of recordings; bad ones are named', async () => {
  for (const kind of ['rise', 'fall']) {
    mkdirSync(cli.at('moves', kind), { recursive: true })
    for (let i = 0; i < 24; i++) {
      const rows = steps(kind === 'rise', i)
      if (i % 2 === 0) writeFileSync(cli.at('moves', kind, `${i}.csv`), `seconds,x,y\n${rows.map(([x, y], t) => `${(t / 10).toFixed(1)},${x},${y}`).join('\n')}\n`)
      else writeFileSync(cli.at('moves', kind, `${i}.json`), JSON.stringify({ channels: ['x', 'y'], values: [rows.map((r) => r[0]), rows.map((r) => (r[1] > 0.09 ? null : r[1]))], rate: 10 }))
    }
  }
  writeFileSync(cli.at('moves', 'rise', 'words.csv'), 'seconds,x,y\n0,up,1\n0.1,up,2\n')
  writeFileSync(cli.at('moves', 'rise', 'uneven.json'), '{"channels":["x","y"],"values":[[1,2],[1]]}')
  await cli.done('new', project, '--task', 'series-classification')
  const files = await cli.done('import', project, cli.at('moves'))
  expect([files['stored'], files['labelled']]).toEqual([48, 48])
  expect(files['skipped']).toMatchObject([{ reason: "has 1 values in channel 'y' and 2 in 'x'" }, { reason: "has columns that are no numbers: 'x'" }])
  const long = ['rise', 'fall'].flatMap((kind) => [100, 101, 102].flatMap((i) => steps(kind === 'rise', i).map(([x, y], t) => `${kind}-${i},${t / 10},${x},${y},${kind}`)))
  writeFileSync(cli.at('long.csv'), `id,time,x,y,label\n${long.join('\n')}\nodd,0,1,1,rise\nodd,0.1,1,1,fall\n`)
  const table = await cli.done('import', project, cli.at('long.csv'))
  expect([table['stored'], table['labelled']]).toEqual([6, 6])
  expect(table['skipped']).toMatchObject([{ reason: 'its rows name several classes: rise, fall' }])
})

test('trains, measures, predicts, explains and exports', async () => {
  await cli.done('train', project, '--epochs', '6')
  const { metrics } = (await cli.done('eval', project)) as { metrics: Record<string, number> }
  expect(metrics['test/accuracy']).toBeGreaterThan(0.6)
  const { predictions } = (await cli.done('predict', project, cli.at('moves', 'fall', '2.csv'))) as { predictions: { outputs: { class: string }[] }[] }
  expect(predictions[0]!.outputs.map((o) => o.class).sort()).toEqual(['fall', 'rise'])
  const { strongest } = (await cli.done('explain', project, '--sample', '3', '--method', 'integrated-gradients', '--out', cli.at('why.png'))) as { strongest: { name: string }[] }
  expect(strongest[0]!.name).toMatch(/^[xy] \d\.\d\d s$/)
  const { parity } = (await cli.done('export', project, cli.at('moves.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  writeFileSync(cli.at('other.json'), '{"channels":["a"],"values":[[1,2,3]]}')
  expect(await cli.fails('predict', project, cli.at('other.json'))).toMatch(/has no channel 'x', 'y': it has 'a', the model takes 'x', 'y'/)
})
