// What is timed: training steps with Adam, at the shapes that the engine's design was measured with.
import { trainDefaults, type TrainConfig } from '../../engine/contract/recipe.ts'
import type { LayerSpec } from '../../engine/layers/index.ts'

export type Workload = PictureWorkload | SequenceWorkload

/** A network of layers, put together as one of the library's users would. */
export interface SequenceWorkload {
  readonly title: string
  readonly batch: number
  readonly time: number
  /** Of each step: numbers, or one of so many words where `words` is not 0. */
  readonly features: number
  readonly words: number
  /** Before the head. A `mean` is that over time. */
  readonly layers: readonly (LayerSpec | { readonly type: 'mean' })[]
  /** Which of the peer's networks it is. */
  readonly kind: 'lstm' | 'transformer'
}

export interface PictureWorkload {
  readonly kind: 'picture'
  readonly title: string
  readonly batch: number
  readonly side: number
  readonly channels: 1 | 3
  readonly model: 'mlp' | 'cnn'
  readonly options: Readonly<Record<string, unknown>>
  /** Further layers as the peer builds them: filters (0 is pooling), then dense units, the head apart. */
  readonly conv: readonly number[]
  readonly dense: readonly number[]
  readonly batchNorm: boolean
}

export const CLASSES = 10

const medium = { kind: 'picture', side: 32, channels: 3, model: 'cnn', conv: [32, 32, 0, 64, 64, 0, 128, 128, 0], dense: [] } as const
const mediumOptions = { filters: [32, 64, 128], convolutions: 2, dense: 0 }
const mediumTitle = 'CNN 2×32, 2×64, 2×128 on 3×32×32'

/** One block with the norm first: 4 heads, then a network of 256 units. */
const block: LayerSpec[] = [
  { type: 'residual', layers: [{ type: 'layer-norm' }, { type: 'attention', heads: 4 }] },
  { type: 'residual', layers: [{ type: 'layer-norm' }, { type: 'dense', units: 256 }, { type: 'gelu' }, { type: 'dense', units: 128 }] },
]

export const workloads = {
  mlp: { kind: 'picture', title: 'MLP 784-256-128-10', batch: 64, side: 28, channels: 1, model: 'mlp', options: { hidden: [256, 128] }, conv: [], dense: [256, 128], batchNorm: false },
  cnn: { kind: 'picture', title: 'CNN 16-32 on 28×28', batch: 64, side: 28, channels: 1, model: 'cnn', options: { filters: [16, 32], dense: 64 }, conv: [16, 0, 32, 0], dense: [64], batchNorm: false },
  cnnm: { ...medium, title: mediumTitle, batch: 32, options: mediumOptions, batchNorm: false },
  cnnbn: { ...medium, title: `${mediumTitle}, BatchNorm`, batch: 32, options: { ...mediumOptions, norm: 'batch-norm' }, batchNorm: true },
  cnnm8: { ...medium, title: mediumTitle, batch: 8, options: mediumOptions, batchNorm: false },
  cnnm128: { ...medium, title: mediumTitle, batch: 128, options: mediumOptions, batchNorm: false },
  lstm: { kind: 'lstm', title: 'LSTM 64→128 over 50 steps', batch: 32, time: 50, features: 64, words: 0, layers: [{ type: 'lstm', units: 128 }] },
  tfm: { kind: 'transformer', title: 'Transformer 2×128 over 64 words', batch: 16, time: 64, features: 128, words: 1000, layers: [{ type: 'embedding', count: 1000, features: 128 }, { type: 'position', kind: 'learned' }, ...block, ...block, { type: 'mean' }] },
} satisfies Record<string, Workload>

export type WorkloadName = keyof typeof workloads
export const isWorkload = (name: string): name is WorkloadName => name in workloads

export function configOf({ model, options, side, channels, batch }: PictureWorkload): TrainConfig {
  return {
    task: 'image-classification',
    model,
    modelOptions: { ...options },
    input: { kind: 'image', height: side, width: side, channels, mean: new Array<number>(channels).fill(0.5), std: new Array<number>(channels).fill(0.5) },
    epochs: 1,
    batch,
    optimizer: 'adam',
    lr: 1e-3,
    schedule: 'constant',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0,
    dropout: 0,
    initializer: 'he-normal',
    seed: 1,
    augment: null,
    earlyStopping: null,
    ...trainDefaults,
  }
}
