// Place of a batch among the updates: which one it belongs to, its share of it, and what the average of weights takes. A pure function of the position, so that a resumed run does the same.
import type { TrainConfig } from '../contract/recipe.ts'
import { momentumAt } from '../schedules/rate.ts'

type PlaceSettings = Pick<TrainConfig, 'accumulate' | 'averaging' | 'epochs' | 'momentum' | 'schedule' | 'scheduleOptions' | 'unfreeze' | 'warmup'>

export interface Place {
  /** Number of the update that this batch is part of, from 1, since the optimizer began: at the start, or when layers thawed. */
  readonly update: number
  /** Share of the rows of that update in this batch: the weight of its gradient. */
  readonly share: number
  /** 1 where the update is made at the end of this batch, else 0. */
  readonly apply: 0 | 1
  /** The average becomes `keep` · average + `take` · weights. */
  readonly keep: number
  readonly take: number
  /** Momentum of this update and of the one before, which a schedule may move. */
  readonly momentum: number
  readonly momentum_before: number
}

/** What decides places besides the recipe. */
export interface EpochShape {
  readonly perEpoch: number
  /** Rows of an epoch. */
  readonly count: number
  readonly batch: number
}

/** Of a step that is an update of its own: no accumulation, no averaging, a momentum that stands still. */
export const alone = (update: number, momentum: number): Place => ({ update, share: 1, apply: 1, keep: 0, take: 1, momentum, momentum_before: momentum })

/** Epochs done when what is trained now began to be: 0, or the last of `unfreeze` that has come. */
function stageStart({ unfreeze }: Pick<PlaceSettings, 'unfreeze'>, epoch: number): number {
  return unfreeze?.findLast((at) => at <= epoch) ?? 0
}

/** `accumulate` batches make an update; the last of an epoch is made of what is left. */
export function placeOf(config: PlaceSettings, at: { readonly epoch: number; readonly stepInEpoch: number }, { perEpoch, count, batch }: EpochShape): Place {
  const k = config.accumulate
  const group = Math.floor(at.stepInEpoch / k)
  const updates = Math.ceil(perEpoch / k)
  const update = (at.epoch - stageStart(config, at.epoch)) * updates + group + 1
  const rowsTo = (step: number): number => Math.min(count, step * batch)
  const share = (rowsTo(at.stepInEpoch + 1) - rowsTo(at.stepInEpoch)) / (rowsTo((group + 1) * k) - rowsTo(group * k))
  const last = at.stepInEpoch === perEpoch - 1
  const apply = last || (at.stepInEpoch + 1) % k === 0 ? 1 : 0
  const step = at.epoch * perEpoch + at.stepInEpoch
  const momentum = momentumAt(config, step, config.epochs * perEpoch, perEpoch)
  const before = step - (at.stepInEpoch % k) - 1
  return { update, share, apply, ...mixing(config, at.epoch, at.epoch * updates + group + 1, apply === 1, last), momentum, momentum_before: before < 0 ? momentum : momentumAt(config, before, config.epochs * perEpoch, perEpoch) }
}

/**
 * EMA: Polyak and Juditsky, 1992, as used by Tarvainen and Valpola, "Mean teachers", NIPS 2017; the first steps forget
 * faster, (1 + t) / (10 + t), or the random start would stay in it. SWA: Izmailov et al., "Averaging weights leads to
 * wider optima and better generalization", UAI 2018, algorithm 1, with a cycle of one epoch; before it begins the
 * average is the weights.
 */
function mixing({ averaging, epochs }: Pick<TrainConfig, 'averaging' | 'epochs'>, epoch: number, update: number, apply: boolean, last: boolean): Pick<Place, 'keep' | 'take'> {
  if (averaging === null) return { keep: 0, take: 1 }
  if (averaging.kind === 'ema') {
    const decay = Math.min(averaging.decay, (1 + update) / (10 + update))
    return apply ? { keep: decay, take: 1 - decay } : { keep: 1, take: 0 }
  }
  const before = epoch - Math.floor(averaging.from * epochs)
  if (before < 0) return { keep: 0, take: 1 }
  return last ? { keep: before / (before + 1), take: 1 / (before + 1) } : { keep: 1, take: 0 }
}
