// Stages of blocks, each stage at half the size of the one before: what residual and depthwise CNNs share.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import type { TrainConfig } from '../contract/recipe.ts'
import type { NamedLayer } from './model.ts'

export interface Block {
  /** `stage2-block1`. */
  readonly name: string
  readonly channels: number
  readonly filters: number
  /** 2 in the first block of every stage but the first. */
  readonly stride: 1 | 2
  /** Rate at which its branch is left out: from 0 in the first block to `pathDropout` in the last. Huang et al., 2016, https://arxiv.org/abs/1603.09382. */
  readonly pathDropout: number
}

/** Throws LatheError `usage` where the picture is too small for so many stages. */
export function stages(model: string, config: TrainConfig, options: { readonly filters: readonly number[]; readonly blocks: number; readonly pathDropout: number }, stem: number): Block[] {
  const { height, width } = inputOf('image', config)
  const most = Math.floor(Math.log2(Math.min(height, width))) + 1
  if (options.filters.length > most) throw new LatheError('usage', `model ${model}: ${options.filters.length} stages halve a picture of ${height}×${width} below one pixel; use at most ${most} stages (modelOptions.filters) or a larger input`)
  const total = options.filters.length * options.blocks
  let channels = stem
  return options.filters.flatMap((filters, stage) =>
    Array.from({ length: options.blocks }, (_, i): Block => {
      const block: Block = {
        name: `stage${stage + 1}-block${i + 1}`,
        channels,
        filters,
        stride: stage > 0 && i === 0 ? 2 : 1,
        pathDropout: total > 1 ? (options.pathDropout * (stage * options.blocks + i)) / (total - 1) : options.pathDropout,
      }
      channels = filters
      return block
    }),
  )
}

/** The mean of each channel, dropout and the dense layer that answers. */
export function pooledHead(config: TrainConfig, classes: number): NamedLayer[] {
  return [
    { name: 'pool', spec: { type: 'global-average-pool' } },
    ...(config.dropout > 0 ? [{ name: 'dropout', spec: { type: 'dropout', rate: config.dropout } } satisfies NamedLayer] : []),
    { name: 'head', spec: { type: 'dense', units: classes } },
  ]
}
