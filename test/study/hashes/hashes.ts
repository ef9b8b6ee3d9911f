// Same seed, same weights: every template of every task is trained twice for a while, each time in a process of its own, and the hashes of the weights are compared.
import { tasks } from '../../../engine/tasks/index.ts'
import { rows } from '../floors/rows.ts'
import { Bench } from '../floors/run.ts'

export interface HashStudy {
  /** Tasks; null for all. */
  readonly tasks: readonly string[] | null
  readonly seed: number
  readonly json: boolean
}

/** Whether every pair was the same. */
export async function studyHashes({ tasks: named, seed, json }: HashStudy): Promise<boolean> {
  for (const name of named ?? []) if (!(name in tasks)) throw new Error(`--tasks: there is no task '${name}'; there are ${Object.keys(tasks).join(', ')}`)
  let all = true
  for (const [task, { models }] of Object.entries(tasks)) {
    const row = rows.find((one) => one.task === task && one.sample !== 'mnist')
    if (!row || (named !== null && !named.includes(task))) continue
    using bench = new Bench()
    for (const model of models) {
      const [first, second] = [await bench.hash(row, model, seed), await bench.hash(row, model, seed)]
      const same = first === second
      all &&= same
      console.log(json ? JSON.stringify({ task, model, seed, weightsHash: first, again: second, same }) : `${same ? 'same  ' : 'DIFFERS'} ${task} ${model}: ${first.slice(0, 16)}…${same ? '' : ` and ${second.slice(0, 16)}…`}`)
    }
  }
  return all
}
