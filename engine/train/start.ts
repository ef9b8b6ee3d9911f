// The weights and state a run starts from: random, another run's, or its own checkpoint.
import { LatheError } from '../contract/errors.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import { product } from '../layers/shapes.ts'
import type { Network } from '../models/network.ts'
import type { OptimizerDef } from '../optimizers/optimizer.ts'
import { readPosition, startPosition, type Position } from './position.ts'
import { stateNames } from './step-parts.ts'
import { ITERATE } from './step.ts'
import type { TrainOptions, TrainState } from './types.ts'

export interface Start {
  readonly weights: Float32Array
  readonly optimizer: Readonly<Record<string, Float32Array>>
  readonly position: Position
  readonly warnings: readonly string[]
}

/** Throws LatheError `corrupt` or `conflict` where a checkpoint does not fit the recipe. */
export function startOf(options: Pick<TrainOptions, 'config' | 'resume' | 'from'>, network: Network, optimizer: OptimizerDef): Start {
  const { config, resume, from } = options
  if (resume) return { weights: resume.weights, optimizer: checkState(resume, config, network, optimizer), position: readPosition(resume.position, config), warnings: [] }
  const weights = network.initialWeights(config.seed)
  const warnings = from ? copyWeights(from, network, weights) : []
  return { weights, optimizer: {}, position: startPosition(config), warnings }
}

/** What a checkpoint must hold besides weights. */
function savedState(config: TrainConfig, optimizer: OptimizerDef): string[] {
  return stateNames(config, optimizer).map((name) => (name === 'average' ? ITERATE : name))
}

function checkState(state: TrainState, config: TrainConfig, network: Network, optimizer: OptimizerDef): TrainState['optimizer'] {
  const found = state.parameters.map(describe).join(', ')
  const expected = network.parameters.map(describe).join(', ')
  if (found !== expected) throw new LatheError('conflict', `checkpoint: it holds ${found}; the recipe's model needs ${expected}; a run can only be resumed with its own recipe`)
  if (state.weights.length !== network.size) throw new LatheError('corrupt', `checkpoint: ${state.weights.length} weights, this model needs ${network.size}`)
  for (const name of savedState(config, optimizer)) {
    const length = state.optimizer[name]?.length
    if (length !== network.size) throw new LatheError('corrupt', `checkpoint: optimizer state '${name}' has ${length ?? 'no'} numbers, this model needs ${network.size}`)
  }
  return state.optimizer
}

function describe({ name, shape }: { readonly name: string; readonly shape: readonly number[] }): string {
  return `${name} [${shape.join(', ')}]`
}

/** Copies parameters of equal name and shape over `weights`; the rest keep their random start and are named in a warning. */
function copyWeights(from: NonNullable<TrainOptions['from']>, network: Network, weights: Float32Array): string[] {
  const source = new Map<string, Float32Array>()
  let at = 0
  for (const p of from.parameters) {
    const end = at + product(p.shape)
    source.set(describe(p), from.weights.subarray(at, end))
    at = end
  }
  const left: string[] = []
  at = 0
  for (const p of network.parameters) {
    const data = source.get(describe(p))
    if (data) weights.set(data, at)
    else left.push(describe(p))
    at += product(p.shape)
  }
  if (left.length === network.parameters.length) throw new LatheError('conflict', `no parameter of the checkpoint fits this model: it holds ${from.parameters.map(describe).join(', ')}`)
  return left.length === 0 ? [] : [`starting from another run's weights; new at random, because nothing there fits: ${left.join(', ')}`]
}

/** The steps of an epoch depend on the data: a checkpoint in mid-epoch only fits the same number of samples. */
export function checkPlace(position: Position, perEpoch: number, config: TrainConfig): void {
  const expected = position.epoch * perEpoch + position.stepInEpoch
  if (position.step !== expected || position.stepInEpoch >= Math.max(1, perEpoch)) {
    throw new LatheError('conflict', `checkpoint: step ${position.step} is not epoch ${position.epoch} + ${position.stepInEpoch} steps of ${perEpoch}; the training data or the batch size (${config.batch}) changed since it was saved`)
  }
}
