// Results of the floors study: one JSON line a run, the last of the same run counts.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Measured } from './rows.ts'

/** Not kept by git. */
export const RESULTS = path.join(import.meta.dirname, '../../../.cache/floors.jsonl')

export interface Result extends Measured {
  readonly task: string
  readonly sample: string
  readonly model: string
  readonly seed: number
  /** Of all processes of the run, sample to evaluation; null where the system does not tell. */
  readonly cpuSeconds: number | null
  readonly epochs: number
  readonly weightsHash: string
  readonly commit: string
  readonly date: string
}

type Run = Pick<Result, 'task' | 'sample' | 'model' | 'seed'>
export const keyOf = ({ task, sample, model, seed }: Run): string => [task, sample, model, seed].join(' ')

export function readResults(file: string): Map<string, Result> {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter((line) => line !== '') : []
  return new Map(lines.map((line) => JSON.parse(line) as Result).map((result) => [keyOf(result), result]))
}

export function appendResult(file: string, result: Result): void {
  mkdirSync(path.dirname(file), { recursive: true })
  appendFileSync(file, `${JSON.stringify(result)}\n`)
}
