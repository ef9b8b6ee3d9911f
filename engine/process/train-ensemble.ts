// trainEnsemble: the members of an ensemble one after another, each a run of its own, then all of them as one.
import type { RunRecord } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import type { TrainResult } from '../contract/commands.ts'
import type { Ensemble, EnsembleMember } from '../contract/ensemble.ts'
import { LatheError } from '../contract/errors.ts'
import type { TrainEvent } from '../contract/events.ts'
import type { RunId } from '../contract/ids.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { Random } from '../data/random.ts'
import { averagingOf } from '../models/ensemble.ts'
import type { CommandContext } from './command.ts'
import { combine } from './combine.ts'
import { claim, Journal, trainRun } from './train-run.ts'

/** Of the first member the recipe's own, so that it is the run that would have been trained alone. */
export const memberSeed = (seed: number, index: number): number => (index === 0 ? seed : new Random(seed, 'ensemble', index).uint32())

/** The recipe of the run that gives member `index`. */
export function memberRecipe(config: TrainConfig, { by, count }: Pick<Ensemble, 'by' | 'count'>, index: number): TrainConfig {
  const alone = { ...config, ensemble: null }
  if (by === 'seeds') return { ...alone, seed: memberSeed(config.seed, index), snapshots: 0 }
  // Whole epochs in each cycle, and rest at the end of each.
  return { ...alone, epochs: Math.ceil(config.epochs / count) * count, schedule: 'cosine-restarts', scheduleOptions: { cycles: count, multiply: 1 }, warmup: 0, earlyStopping: null, snapshots: count }
}

/**
 * What is done stands in the project: members in the ensemble's recipe, their weights in their runs. So an ensemble that is paused, or whose
 * process dies, goes on with the member that was not finished, at its own last checkpoint, and ends with the same weights.
 */
export async function trainEnsemble(project: Project, run: RunRecord, context: CommandContext<'train'>, tuning: string | undefined): Promise<TrainResult> {
  const journal = new Journal(project, run, context.emit)
  try {
    averagingOf(run.config)
    const jobs = (run.config.ensemble?.by === 'snapshots' ? [0] : Array.from({ length: run.config.ensemble?.count ?? 0 }, (_, i) => i))
    for (const index of jobs) {
      const member = memberRun(project, run.id, index)
      if (member.status === 'finished') continue
      const status = asked(context) ?? (await trainRun(project, claim(project, member.id), { ...context, emit: told(run.id, index, jobs.length, context) }, tuning)).status
      if (status !== 'finished') {
        const left = journal.leave(status === 'paused' ? 'paused' : 'stopped')
        return { run: run.id, status: left.status, epochs: Math.floor(left.epoch), steps: left.step, seconds: left.seconds, metrics: left.metrics, weightsHash: left.weightsHash ?? '' }
      }
    }
    return await combine(project, run.id, journal, context)
  } catch (error) {
    journal.fail(error)
    throw error
  }
}

function asked({ control }: CommandContext<'train'>): 'paused' | 'stopped' | null {
  const { requested } = control
  return requested === 'pause' ? 'paused' : requested === 'stop' ? 'stopped' : requested === 'cancel' ? 'stopped' : null
}

/** The run of member `index`; made, and named in the ensemble's recipe, where there is none yet or it was removed. */
function memberRun(project: Project, ensemble: RunId, index: number): RunRecord {
  return project.transaction(() => {
    const { config, dataset, name } = project.runs.get(ensemble)
    const spec = config.ensemble
    if (!spec) throw new LatheError('internal', `run ${ensemble} is no ensemble`)
    const known = project.runs.list().find((run) => run.id === spec.members[index]?.run)
    if (known) return known
    if (spec.by === 'runs') throw new LatheError('not-found', `run ${spec.members[index]?.run ?? ''}, a member of ${name}, is gone: combine others`)
    const own = memberRecipe(config, spec, index)
    const made = project.runs.create({ config: own, dataset, name: spec.by === 'snapshots' ? `${name}, training` : `${name}, member ${index + 1}` })
    project.suggestions.share(ensemble, made.id)
    const member = (snapshot: number | null): EnsembleMember => ({ run: made.id, name: made.name, snapshot, model: own.model, modelOptions: own.modelOptions, initializer: own.initializer, seed: own.seed, weightsHash: null })
    const members = spec.by === 'snapshots' ? Array.from({ length: spec.count }, (_, i) => member(i + 1)) : [...spec.members.slice(0, index), member(null), ...spec.members.slice(index + 1)]
    project.runs.update(ensemble, { config: { ...config, ensemble: { ...spec, members } } })
    return made
  })
}

/** The member's events as they are, and its progress once more as part of the whole. */
function told(ensemble: RunId, index: number, count: number, { emit }: CommandContext<'train'>): (event: TrainEvent) => void {
  return (event) => {
    emit(event)
    if (event.type !== 'progress') return
    const { epoch, epochs, step, steps, samplesPerSecond, etaSeconds } = event.progress
    const left = etaSeconds === null || steps <= step ? null : etaSeconds + ((count - index - 1) * steps * etaSeconds) / (steps - step)
    emit({ type: 'progress', run: ensemble, progress: { epoch: index * epochs + epoch, epochs: count * epochs, step: index * steps + step, steps: count * steps, samplesPerSecond, etaSeconds: left } })
  }
}

