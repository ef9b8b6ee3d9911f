// What models of ratings share: vectors of users and items, and biases.
import { z } from 'zod'
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Value } from '../../graph/graph.ts'
import { add, concat, gather, mul, reduceSum, reshape, slice } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

export const factors = z.int().min(1).max(512).default(16)
export const starFactors = factors.default(8)
/** Per rating, as Koren, Bell and Volinsky (2009) have it: who rated little keeps close to the mean. */
export const penalty = z.number().min(0).max(10).default(0.05).describe('Pull of the vectors towards zero at each rating: more for fewer ratings.')

/** Length of the vector that stands for a user or an item in a recipe's model. */
export function vectorWidth({ model, modelOptions }: TrainConfig): number {
  const own = factors.parse(modelOptions['factors'])
  return model === 'matrix-factorisation' ? own + starFactors.parse(modelOptions['ratingFactors']) : own
}

export interface RatedVectors {
  /** [N, width] of each row's user and item. */
  readonly user: Value
  readonly item: Value
  /** [items, width] of all known items. */
  readonly items: Value
  /** Squared length of each row's user and item vectors, [N], times `strength`: what the loss adds. */
  penalty(strength: number): Value
  /** A bias of each row's user or item, [N]; of unknown items 0. */
  userBias(name: string): Value
  itemBias(name: string): Value
  /** [items]. */
  itemBiases(name: string): Value
}

/** Row 0 of the users' table holds what is true of anybody; an unknown item has the zero vector. Explanations attribute to user and item. */
export function ratedVectors(net: Wiring, inputs: Readonly<Record<string, Value>>, config: TrainConfig, width: number): RatedVectors {
  const { user, item } = inputs
  if (!user || !item) throw new LatheError('internal', `a model of ratings needs user and item, it was given ${Object.keys(inputs).join(', ')}`)
  const { graph } = user
  const { users: people, items: things } = inputOf('rating', config)
  const table = (name: string, rows: number): Value => net.parameter(name, { shape: [rows, width], initializer: 'xavier-normal', fan: { in: width, out: width }, decay: false })
  const bias = (name: string, rows: number): Value => net.parameter(name, { shape: [rows], initializer: 'zeros', fan: { in: 1, out: 1 }, decay: false })
  const users = table('users', people.length + 1)
  const items = table('items', things.length)
  const known = concat([graph.constant(new Float32Array(width), 'float32', [1, width]), items], 0)
  const both = net.tap(concat([gather(users, user, 0), gather(known, item, 0)], 1))
  const part = (from: number): Value => slice(both, { starts: [from], ends: [from + width], axes: [1] })
  const zero = graph.constant(new Float32Array(1), 'float32', [1])
  const [own, thing] = [part(0), part(width)]
  return {
    user: own,
    item: thing,
    items,
    penalty: (strength) => mul(reduceSum(add(mul(own, own), mul(thing, thing)), [1]), strength),
    userBias: (name) => reshape(gather(bias(name, people.length + 1), user, 0), [-1]),
    itemBias: (name) => reshape(gather(concat([zero, bias(name, things.length)], 0), item, 0), [-1]),
    itemBiases: (name) => bias(name, things.length),
  }
}
