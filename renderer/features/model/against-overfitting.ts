// Switches against overfitting: what each is set to when it is turned on, and what it gives for what it takes.
import type { TrainConfig } from '../../../engine/contract/recipe.ts'
import { taskKind } from '../../../engine/contract/task-kinds.ts'
import { optionFields } from '../../ui/option-fields.ts'

export type Against = 'l1' | 'l2' | 'dropout' | 'weightDropout' | 'batchNorm' | 'earlyStopping' | 'augmentation' | 'labelSmoothing' | 'ensemble' | 'swa'
type Change = Partial<TrainConfig>

export interface AgainstRow {
  readonly id: Against
  readonly label: string
  /** What it trades. */
  readonly trades: string
  /** Null where it can be switched; else why not. */
  readonly without: string | null
  readonly on: boolean
  /** The recipe with the switch turned to the other side. */
  readonly turned: Change
  /** Number beside the switch, where it has one. */
  readonly number: { readonly value: number; readonly label: string; readonly whole: boolean; set(value: number): Change } | null
}

const NORM = 'norm'
const WEIGHT_DROPOUT = 'weightDropout'
const MEMBERS = 5

/** Options of a model as its JSON Schema gives them. */
type Options = Readonly<Record<string, unknown>> | undefined

function numberRow(config: TrainConfig, recipe: TrainConfig, row: { id: Against; key: 'l1' | 'weightDecay' | 'dropout' | 'labelSmoothing'; label: string; trades: string; usual: number; number: string }): AgainstRow {
  const { id, key, label, trades, usual, number } = row
  const on = config[key] > 0
  return { id, label, trades, without: null, on, turned: { [key]: on ? 0 : recipe[key] > 0 ? recipe[key] : usual }, number: on ? { value: config[key], label: number, whole: false, set: (value) => ({ [key]: value }) } : null }
}

function batchNorm(config: TrainConfig, options: Options): AgainstRow {
  const field = optionFields(options).find((f) => f.name === NORM)
  const has = field?.kind === 'choice' && field.choices.includes('batch-norm')
  const on = config.modelOptions[NORM] === 'batch-norm'
  return {
    id: 'batchNorm',
    label: 'Batch normalisation',
    trades: 'Steadier, faster learning and a little noise that regularises; it needs batches of a dozen or more, and each step takes longer.',
    without: has ? null : 'This network has no choice of it.',
    on,
    turned: { modelOptions: { ...config.modelOptions, [NORM]: on ? 'none' : 'batch-norm' } },
    number: null,
  }
}

/** Networks with a memory have it; of the others nothing is said. */
function weightDropout(config: TrainConfig, recipe: TrainConfig, options: Options): readonly AgainstRow[] {
  if (!optionFields(options).some((f) => f.name === WEIGHT_DROPOUT)) return []
  const of = ({ modelOptions }: TrainConfig): number => Number(modelOptions[WEIGHT_DROPOUT] ?? 0)
  const set = (value: number): Change => ({ modelOptions: { ...config.modelOptions, [WEIGHT_DROPOUT]: value } })
  const on = of(config) > 0
  return [{
    id: 'weightDropout',
    label: 'Weight dropout',
    trades: 'A share of the weights from step to step is left out, so the memory learns less by heart: what helps a recurrent network most on little text; learning takes many more epochs.',
    without: null,
    on,
    turned: set(on ? 0 : of(recipe) || 0.5),
    number: on ? { value: of(config), label: 'Share', whole: false, set } : null,
  }]
}

function ensembleRow(config: TrainConfig): AgainstRow {
  const { ensemble } = config
  return {
    id: 'ensemble',
    label: 'Ensemble',
    trades: `${ensemble ? `${ensemble.count} networks` : 'Several networks'} answer together, which is mostly better and surer than any of them alone; training${ensemble?.by === 'snapshots' ? ' takes no longer, though each network learns for a shorter time' : ' takes as many times longer'}, and the file and every answer cost as many times more.`,
    without: taskKind(config.task).averages ? null : 'Answers of this task have no mean.',
    on: ensemble !== null,
    turned: { ensemble: ensemble ? null : { by: 'seeds', count: MEMBERS, members: [] } },
    number: ensemble && { value: ensemble.count, label: 'Members', whole: true, set: (count) => ({ ensemble: { ...ensemble, count } }) },
  }
}

/** In the order of the issue: from penalties to averages. `recipe` gives what a switch goes back to. */
export function againstOverfitting(config: TrainConfig, recipe: TrainConfig, options: Options): readonly AgainstRow[] {
  const stopping = config.earlyStopping
  return [
    numberRow(config, recipe, { id: 'l1', key: 'l1', label: 'L1', usual: 1e-5, number: 'Strength', trades: 'Drives weights that help little to zero, so the network grows sparse; too strong, it forgets what is rare.' }),
    numberRow(config, recipe, { id: 'l2', key: 'weightDecay', label: 'L2 (weight decay)', usual: 1e-2, number: 'Strength', trades: 'Keeps weights small and the function smooth; too strong, it cannot fit the training data either.' }),
    numberRow(config, recipe, { id: 'dropout', key: 'dropout', label: 'Dropout', usual: 0.2, number: 'Share', trades: 'No unit can rely on another, as if many networks were averaged; learning takes more epochs, and small networks lose strength.' }),
    ...weightDropout(config, recipe, options),
    batchNorm(config, options),
    { id: 'earlyStopping', label: 'Early stopping', trades: 'Saves time and ends before the network learns the samples by heart; with few validation samples it may stop by chance.', without: config.ensemble?.by === 'snapshots' ? 'Snapshots are taken to the last epoch.' : null, on: stopping !== null, turned: { earlyStopping: stopping ? null : (recipe.earlyStopping ?? { monitor: 'val/loss', patience: 5, minDelta: 0 }) }, number: stopping && { value: stopping.patience, label: 'Patience, epochs', whole: true, set: (patience) => ({ earlyStopping: { ...stopping, patience } }) } },
    { id: 'augmentation', label: 'Augmentation', trades: 'Changed copies stand for samples that were not collected; it helps as far as the changes could happen, and harms where they change the label.', without: config.augment === null && recipe.augment === null ? 'The recipe knows none that would keep the labels; some can be set under Train.' : null, on: config.augment !== null, turned: { augment: config.augment ? null : recipe.augment }, number: null },
    numberRow(config, recipe, { id: 'labelSmoothing', key: 'labelSmoothing', label: 'Label smoothing', usual: 0.1, number: 'Share', trades: 'Never quite sure of a label, so wrong ones harm less and probabilities are better calibrated in between; the surest answers become less sure.' }),
    ensembleRow(config),
    { id: 'swa', label: 'Average of last epochs (SWA)', trades: 'The mean of the last epochs’ weights lies in a flatter place and does better on new data; training must go on at a rate that still moves, and the best single epoch is no longer kept.', without: null, on: config.averaging?.kind === 'swa', turned: { averaging: config.averaging?.kind === 'swa' ? null : { kind: 'swa', from: 0.75 } }, number: null },
  ]
}
