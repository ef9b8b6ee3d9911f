// Series forecast from a CSV to ONNX: gaps and repeats in time told, split by time, metrics beside baselines, a forecast of what comes.
import { existsSync, writeFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { testCli } from '../../support/cli.ts'

const cli = testCli()
// Each command starts an engine of its own.
vi.setConfig({ testTimeout: 180_000 })
const project = cli.at('load.lathe')
const csv = cli.at('load.csv')

/** Daily values with a week in them; two days missing, one twice, one no number. */
function weekly(): string {
  const days = Array.from({ length: 140 }, (_, i) => [new Date(Date.UTC(2024, 0, 1 + i)).toISOString().slice(0, 10), (50 + 0.1 * i + [9, 7, 6, 5, 2, -12, -17][i % 7]! + Math.sin(i * 12.9898) * 1.5).toFixed(2), '20', 'x'] as const)
  const rows = days.filter((_, i) => i !== 30 && i !== 31).map((cells) => cells.join(','))
  rows.splice(50, 0, `${days[51]![0]},60,20,x`)
  rows.splice(60, 0, '2024-02-30,5,20,x', '2024-12-24,many,20,x')
  return `date,load,heating,remark\n${rows.join('\n')}\n`
}

test('imports with its notes', async () => {
  writeFileSync(csv, weekly())
  await cli.done('new', project, '--task', 'series-forecast')
  const { stored, skipped, notes } = await cli.done('import', project, csv)
  expect(stored).toBe(139)
  expect(skipped).toMatchObject([{ reason: "'2024-02-30' is no time" }, { reason: "'many' in column 'load' is no number" }])
  expect((notes as string[]).join('\n')).toMatch(/time is 'date', the value is 'load', covariates are 'heating'; 'remark' hold no numbers/)
  expect((notes as string[]).join('\n')).toMatch(/column 'heating' is 20 in every row[\s\S]*one step is 1 day[\s\S]*1 row has the time of another \(first: 2024-02-2\d\)[\s\S]*2 of 140 steps have no value/)
})

test('trains on the past and is measured on the future, beside its baselines', async () => {
  const { status } = await cli.done('train', project, '--epochs', '3')
  expect(status).toBe('finished')
  const { metrics, intervals } = (await cli.done('eval', project)) as { metrics: Record<string, number>; intervals: Record<string, { low: number; high: number }> }
  for (const name of ['mase', 'mae', 'rmse', 'smape', 'coverage80', 'skill']) {
    expect(metrics[`test/${name}`], name).toBeTypeOf('number')
    expect(intervals[`test/${name}`]!.low).toBeLessThanOrEqual(metrics[`test/${name}`]!)
  }
  expect(metrics['test/mase_naive']).toBeGreaterThan(metrics['test/mase_seasonal_naive']!)
})

test('forecasts what comes after a file, explains a step, exports and refuses too little', async () => {
  const { predictions } = (await cli.done('predict', project, csv)) as { predictions: { outputs: { kind: string; times: string[]; forecast: number[]; low: number[]; high: number[] } }[] }
  expect(predictions).toHaveLength(1)
  const { kind, times, forecast, low, high } = predictions[0]!.outputs
  expect([kind, times[0], times.length]).toEqual(['forecast', '2024-05-20', forecast.length])
  forecast.forEach((v, h) => {
    expect(low[h]!).toBeLessThan(v)
    expect(high[h]!).toBeGreaterThan(v)
  })
  const { out, target } = await cli.done('explain', project, '--sample', '130', '--method', 'saliency', '--target', '2', '--out', cli.at('why.png'))
  expect(target).toMatchObject({ index: 2, class: 'step 3' })
  expect(existsSync(out as string)).toBe(true)
  const { parity } = (await cli.done('export', project, cli.at('load.onnx'))) as { parity: { maxAbsDiff: number } }
  expect(parity.maxAbsDiff).toBeLessThan(1e-5)
  writeFileSync(cli.at('short.csv'), 'date,load,heating\n2024-01-01,5,20\n2024-01-02,6,20\n')
  expect(await cli.fails('predict', project, cli.at('short.csv'))).toMatch(/a forecast reads the \d+ steps of 1 day before it, there are 2: bring earlier rows/)
})
