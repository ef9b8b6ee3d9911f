// Every task against its floor: runs what the file of results lacks, prints a line a run and the table.
import { tasks } from '../../../engine/tasks/index.ts'
import { appendResult, keyOf, readResults, type Result } from './results.ts'
import { judge, modelsOf, rows, type FloorRow } from './rows.ts'
import { Bench } from './run.ts'

export interface FloorsStudy {
  /** Tasks or samples; null for all. */
  readonly tasks: readonly string[] | null
  readonly seeds: readonly number[]
  readonly models: 'default' | 'all' | readonly string[]
  readonly results: string
  /** Repeat runs that the file has. */
  readonly again: boolean
  readonly json: boolean
}

/** Whether all runs met their floors; those of other models than a floor is for are told, but do not count. */
export async function studyFloors({ tasks: named, seeds, models, results, again, json }: FloorsStudy): Promise<boolean> {
  for (const name of named ?? []) if (!rows.some((row) => row.task === name || row.sample === name)) throw new Error(`--tasks: there is no task or sample '${name}'; there are ${rows.map((row) => `${row.task} (${row.sample})`).join(', ')}`)
  const chosen = rows.filter((row) => named === null || named.includes(row.task) || named.includes(row.sample))
  let all = true
  for (const row of chosen) {
    using bench = new Bench()
    for (const model of modelsOf(row, models)) {
      for (const seed of seeds) {
        const known = again ? undefined : readResults(results).get(keyOf({ ...row, model, seed }))
        const result = known ?? (await bench.run(row, model, seed))
        if (!known) appendResult(results, result)
        const { met, text } = verdict(row, result)
        if (countsFor(row, model)) all &&= met
        console.log(json ? JSON.stringify({ ...result, met, text }) : `${met ? 'met  ' : 'MISSED'} ${row.task} ${row.sample} ${model} seed ${seed}: ${text}; ${result.seconds.toFixed(0)} s of training, ${result.cpuSeconds ?? '?'} s of CPU in all${known ? `; known from ${result.date}` : ''}`)
      }
    }
  }
  return all
}

const countsFor = (row: FloorRow, model: string): boolean => modelsOf(row, 'default').includes(model)

function verdict(row: FloorRow, result: Result): { readonly met: boolean; readonly text: string } {
  const judged = row.floors.map((floor) => judge(floor, result))
  return { met: judged.every(({ met }) => met), text: judged.map(({ text }) => text).join('; ') }
}

/** Markdown: a line for each task, sample and model, its seeds together. */
export function showFloors(file: string): string {
  const known = [...readResults(file).values()]
  const lines = rows.flatMap((row) =>
    modelsOf(row, 'all').flatMap((model) => {
      const runs = known.filter((r) => r.task === row.task && r.sample === row.sample && r.model === model).sort((a, b) => a.seed - b.seed)
      return runs.length === 0 ? [] : [lineOf(row, model, runs)]
    }),
  )
  return ['| task | sample | network | seeds | test split | floor | met | CPU |', '|---|---|---|---|---|---|---|---|', ...lines].join('\n')
}

function lineOf(row: FloorRow, model: string, runs: readonly Result[]): string {
  const [first] = row.floors
  if (!first || first.kind === 'seconds') throw new Error(`${row.task}: the first floor is that of a metric`)
  const { metric } = first
  const figures = runs.map(({ metrics }) => (metrics[metric] ?? NaN).toFixed(3))
  const beside = [...new Set(row.floors.flatMap((floor) => {
    const range = (values: readonly (number | undefined)[]): string => [...new Set([Math.min(...values.map(Number)), Math.max(...values.map(Number))].map((v) => v.toFixed(3)))].join('–')
    switch (floor.kind) {
      case 'least': return [`≥ ${floor.value}`]
      case 'most': return [`≤ ${floor.value}`]
      case 'below': return [`below ${range(runs.map((r) => r.metrics[floor.than]))} (${floor.than})`]
      case 'above': return [`above ${range(runs.map((r) => r.shallow[floor.model]?.metrics[floor.metric]))}${floor.by > 0 ? ` + ${floor.by}` : ''} (${floor.model})`]
      case 'within': return [`within the interval of ${floor.model} (${range(runs.map((r) => r.shallow[floor.model]?.metrics[floor.metric]))})`]
      case 'surely-positive': return ['by more than its 95 % interval']
      case 'seconds': return [`at most ${floor.value} s`]
    }
  }))]
  const met = runs.filter((r) => verdict(row, r).met).length
  const cpu = runs.map((r) => r.cpuSeconds ?? NaN).sort((a, b) => a - b)[runs.length >> 1] ?? NaN
  return `| ${row.task} | \`${row.sample}\` | ${model}${model === tasks[row.task].models[0] ? '' : countsFor(row, model) ? '' : ' (no floor of its own)'} | ${runs.map((r) => r.seed).join(', ')} | ${metric} ${figures.join(', ')} | ${beside.join('; ')} | ${met} of ${runs.length} | ${cpu} s |`
}
