// Registry of learning-rate schedules by name.
import { LatheError } from '../contract/errors.ts'
import { constant } from './constant.ts'
import { cosineRestarts } from './cosine-restarts.ts'
import { cosine } from './cosine.ts'
import { exponential } from './exponential.ts'
import { oneCycle } from './one-cycle.ts'
import { plateau } from './plateau.ts'
import type { ScheduleDef } from './schedule.ts'
import { step } from './step.ts'
import { warmupCosine } from './warmup-cosine.ts'

export const schedules = {
  constant,
  cosine,
  step,
  exponential,
  'warmup-cosine': warmupCosine,
  'cosine-restarts': cosineRestarts,
  'one-cycle': oneCycle,
  plateau,
} satisfies Record<string, ScheduleDef>

/** Throws LatheError `usage` for an unknown name. */
export function schedule(name: string): ScheduleDef {
  const found: ScheduleDef | undefined = (schedules as Record<string, ScheduleDef>)[name]
  if (!found) throw new LatheError('usage', `there is no schedule '${name}'; there are ${Object.keys(schedules).join(', ')}`)
  return found
}
