// The numbers of the recipe form, in the order of the work.
import { metricName } from '../../../engine/contract/metric-names.ts'
import { taskKind } from '../../../engine/contract/task-kinds.ts'
import type { TrainConfig } from '../../../engine/contract/recipe.ts'
import type { TermName } from '../../ui/terms.ts'

/** Numbers that may be left empty. */
export type OptionalKey = 'clipNorm' | 'clipValue' | 'maxNorm'
export type NumberKey = { [K in keyof TrainConfig]: TrainConfig[K] extends number ? K : never }[keyof TrainConfig]
export interface NumberRow {
  readonly key: NumberKey
  readonly label: string
  readonly term: TermName
}

const basics: readonly NumberRow[] = [
  { key: 'epochs', label: 'Epochs', term: 'epoch' },
  { key: 'batch', label: 'Batch', term: 'batch' },
  { key: 'lr', label: 'Learning rate', term: 'learning rate' },
  { key: 'accumulate', label: 'Batches an update', term: 'accumulation' },
  { key: 'checkpoints', label: 'Gradient segments', term: 'gradient checkpointing' },
]
/** Only where samples are sequences of many lengths. */
const PADDED: NumberRow = { key: 'buckets', label: 'Lengths of batches', term: 'lengths of batches' }
export const basicsOf = (task: string): readonly NumberRow[] => (taskKind(task).padded ? [...basics, PADDED] : basics)
/** Empty is off. */
export const limits: readonly { readonly key: OptionalKey; readonly label: string; readonly term: TermName }[] = [
  { key: 'clipNorm', label: 'Clip gradient, length', term: 'clipping' },
  { key: 'clipValue', label: 'Clip gradient, entries', term: 'clipping' },
  { key: 'maxNorm', label: 'Max-norm of weights', term: 'max-norm' },
]
export const regularisation: readonly NumberRow[] = [
  { key: 'dropout', label: 'Dropout', term: 'dropout' },
  { key: 'labelSmoothing', label: 'Label smoothing', term: 'label smoothing' },
  { key: 'weightDecay', label: 'Weight decay', term: 'weight decay' },
  { key: 'l1', label: 'L1', term: 'l1' },
]

/** Metrics that early stopping of a task can watch. */
export const monitors = (task: string): { value: string; label: string }[] => {
  const { hits } = taskKind(task)
  return ['loss', ...(hits === null ? [] : [hits])].map((name) => ({ value: `val/${name}`, label: `validation ${metricName(name).label.toLowerCase()}` }))
}

/** What a recipe may train with; '' is the task's own. `titles`: of losses by name. */
export function lossItems(task: string, titles: ReadonlyMap<string, string>): { value: string; label: string }[] {
  const [own = '', ...others] = taskKind(task).losses
  const titled = (name: string): string => titles.get(name) ?? name
  return [{ value: OWN_LOSS, label: titled(own) }, ...others.map((name) => ({ value: name, label: titled(name) }))]
}
/** Stands for the loss of the task in a list, where an empty value may not. */
export const OWN_LOSS = 'own'

/** Options of a loss that the recipe says elsewhere, or the task. */
const TOLD: ReadonlySet<string> = new Set(['labelSmoothing', 'classWeights', 'ignoreIndex'])

/** The schema of a loss without what is told elsewhere; none where the task puts its loss together itself. */
export function lossOptions(task: string, loss: string | null, schema: Readonly<Record<string, unknown>> | undefined): Readonly<Record<string, unknown>> | undefined {
  const { properties } = schema ?? {}
  if (typeof properties !== 'object' || properties === null || (task === 'series-forecast' && (loss ?? 'quantile') === 'quantile')) return undefined
  return { ...schema, properties: Object.fromEntries(Object.entries(properties).filter(([name]) => !TOLD.has(name))) }
}

/** Weight averages with the values that suit most runs; `none` keeps the weights as trained. */
export const averages = [
  { value: 'none', label: 'none', averaging: null },
  { value: 'ema', label: 'moving (EMA)', averaging: { kind: 'ema', decay: 0.99 } },
  { value: 'swa', label: 'of last epochs (SWA)', averaging: { kind: 'swa', from: 0.75 } },
] as const

/** Optimizers without a momentum or β₁. */
const WITHOUT_MOMENTUM: ReadonlySet<string> = new Set(['sgd', 'adagrad', 'lbfgs'])
export const usesMomentum = (optimizer: string): boolean => !WITHOUT_MOMENTUM.has(optimizer)
