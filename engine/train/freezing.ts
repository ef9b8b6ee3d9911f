// Freezing: which parameters stand still in an epoch, thawed by layers from the head down. A pure function of recipe and position, so that a resumed run does the same.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { Network, NetworkParameter } from '../models/network.ts'
import type { Position } from './position.ts'
import { ITERATE } from './step.ts'

type Freezing = Pick<TrainConfig, 'freeze' | 'unfreeze'>

/**
 * Names of the trainable parameters that stand still after `epoch` epochs. Gradual unfreezing: Howard and Ruder,
 * "Universal language model fine-tuning for text classification", ACL 2018, section 3.3. The frozen layers thaw in as
 * many equal parts as `unfreeze` has epochs, those next to the head first.
 * @throws LatheError usage for a pattern that is none, that leaves nothing to train, or a schedule without frozen layers.
 */
export function frozenAt(config: Freezing, { parameters }: Pick<Network, 'parameters'>, epoch: number): ReadonlySet<string> {
  const frozen = parameters.filter(frozenFrom(config, parameters))
  const { unfreeze } = config
  if (unfreeze === null) return new Set(frozen.map((p) => p.name))
  if (frozen.length === 0) throw new LatheError('usage', 'unfreeze: nothing is frozen that could thaw: set freeze to a pattern of parameter names')
  const layers = [...Map.groupBy(frozen, (p) => layerOf(p.name)).values()]
  const thawed = Math.ceil((layers.length * unfreeze.filter((at) => at <= epoch).length) / unfreeze.length)
  return new Set(layers.slice(0, layers.length - thawed).flat().map((p) => p.name))
}

function frozenFrom({ freeze }: Freezing, parameters: readonly NetworkParameter[]): (p: NetworkParameter) => boolean {
  const pattern = freeze === null || freeze === '' ? null : expressionOf(freeze)
  const stands = (p: NetworkParameter): boolean => p.trainable && (p.frozen || pattern?.test(p.name) === true)
  const names = (list: readonly NetworkParameter[]): string => list.filter((p) => p.trainable).map((p) => p.name).join(', ')
  if (pattern && !parameters.some((p) => p.trainable && pattern.test(p.name))) throw new LatheError('usage', `freeze: no parameter is called like ${freeze ?? ''}; there are ${names(parameters)}`)
  if (pattern && parameters.every((p) => !p.trainable || stands(p))) throw new LatheError('usage', `freeze: ${freeze ?? ''} leaves nothing to train; leave out the last layer; there are ${names(parameters)}`)
  return stands
}

function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern)
  } catch (error) {
    throw new LatheError('usage', `freeze is no regular expression: ${error instanceof Error ? error.message : String(error)}`, undefined, { cause: error })
  }
}

/** A weight and its bias are one layer; numbers at the end tell layers apart. */
const layerOf = (name: string): string => /^(.+)[._/:](?!\d+$)[^._/:]+$/.exec(name)?.[1] ?? name

/** Whether layers thaw at exactly this place. */
export function thaws({ unfreeze }: Pick<Freezing, 'unfreeze'>, { epoch, stepInEpoch }: Pick<Position, 'epoch' | 'stepInEpoch'>): boolean {
  return stepInEpoch === 0 && unfreeze?.includes(epoch) === true
}

/** What of the optimizer's state goes on at this place: where layers thaw it begins anew, since its moments know nothing of them. */
export function carriedOver(config: Pick<Freezing, 'unfreeze'>, position: Pick<Position, 'epoch' | 'stepInEpoch'>, optimizer: Readonly<Record<string, Float32Array>>): Readonly<Record<string, Float32Array>> {
  if (!thaws(config, position)) return optimizer
  const iterate = optimizer[ITERATE]
  return iterate ? { [ITERATE]: iterate } : {}
}
