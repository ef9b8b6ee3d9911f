// Guided experiments as jobs of the engine; they belong to no project.
import type { Commands } from '../../engine/contract/commands.ts'
import type { Context } from './context.ts'
import type { LongOptions } from './jobs.ts'

export type Experiment = (args: Commands['experiment']['args'], long?: LongOptions) => Promise<Commands['experiment']['result']>

export function experiments({ engine, jobs }: Pick<Context, 'engine' | 'jobs'>): Experiment {
  return (args, long = {}) => jobs.run({ kind: 'experiment', project: '', title: 'Experiment: vanishing gradients' }, ({ signal, progress }) => engine.call('experiment', args, { signal, onEvent: progress }), long)
}
