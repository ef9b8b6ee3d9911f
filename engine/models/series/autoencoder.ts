// What autoencoders of series share: what they take, the room between encoder and decoder, and the threshold that travels with the weights.
import { LatheError } from '../../contract/errors.ts'
import type { Value } from '../../graph/graph.ts'
import { expandTo, mul, reduceSum, unsqueeze } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

/** Name of the parameter that validation sets: a score above it is an anomaly. */
export const THRESHOLD = 'decision.threshold'
/** Before validation has chosen one, nothing is an anomaly. */
const NONE = 1e30

export interface AutoencoderInputs {
  /** [N, C, T], scaled, zero behind the end. */
  readonly x: Value
  /** [N, T]. */
  readonly mask: Value
  readonly channels: number
  readonly steps: number
}

export function autoencoderInputs(net: Wiring, { x, mask }: Readonly<Record<string, Value>>): AutoencoderInputs {
  const [, channels, steps] = x?.shape ?? []
  if (!x || !mask || typeof channels !== 'number' || typeof steps !== 'number') throw new LatheError('internal', 'an autoencoder needs x of known channels and steps, and mask')
  return { x: net.tap(x), mask, channels, steps }
}

/** Outputs of every autoencoder: `original` and `reconstruction` [N, C, T] (zero behind the end), `mask` [N, T], `threshold` [N]. */
export function autoencoderOutputs(net: Wiring, { x, mask }: AutoencoderInputs, reconstruction: Value): Record<string, Value> {
  const threshold = net.parameter(THRESHOLD, { shape: [1], initializer: 'zeros', initial: NONE, fan: { in: 1, out: 1 }, decay: false, trainable: false })
  const perRow = expandTo(threshold, reduceSum(mask, [1]))
  return { original: x, reconstruction: mul(reconstruction, unsqueeze(mask, [1])), mask, threshold: perRow }
}

