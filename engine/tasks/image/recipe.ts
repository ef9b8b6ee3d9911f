// Default recipe for pictures, adapted to how many there are and how large they are; every choice says why.
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import type { TrainingData } from '../task.ts'
import { pixelStatistics } from './statistics.ts'

/** A picture smaller than this is enlarged: pooling and small shifts need some pixels to work with. */
const LEAST_SIDE = 16
/** A larger picture is shrunk to this: a CPU trains on it in minutes, and most classes can still be told apart. */
const MOST_SIDE = 64

/** Samples whose pixels are looked at. */
const DECODED = 200

export async function imageRecipe(task: string, model: string, data: TrainingData): Promise<TrainConfig> {
  const { height, width } = inputSize(data.height, data.width)
  const { mean, std } = await pixelStatistics(await data.read(DECODED), data.channels)
  return {
    task,
    model,
    modelOptions: model === 'cnn' ? { filters: filters(Math.min(height, width), data.samples) } : {},
    input: { kind: 'image', height, width, channels: data.channels, mean, std },
    epochs: epochs(data.samples),
    // Small sets need many updates an epoch, large ones full vectors.
    batch: data.samples < 5_000 ? 32 : data.samples < 50_000 ? 64 : 128,
    optimizer: 'adam',
    // A warm-up bears twice Adam's usual rate, and the cosine takes it back to almost nothing.
    lr: 2e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0,
    // Keeps the network from being certain of samples that are badly drawn or wrongly labelled.
    labelSmoothing: 0.05,
    dropout: 0.25,
    initializer: 'he-normal',
    seed: 1,
    // No flips: in letters, digits, signs and many other things they change the class. The rest is small enough to keep any class.
    augment: { shift: 0.08, rotate: 12, scale: 0.1, shear: 8, flipHorizontal: false, flipVertical: false },
    // The schedule ends the run by itself: to stop before its low end would lose the last improvement. The best epoch is kept anyway.
    earlyStopping: null,
    ...trainDefaults,
  }
}

function inputSize(height: number, width: number): { height: number; width: number } {
  const [low, high] = [Math.min(height, width), Math.max(height, width)]
  const factor = low < LEAST_SIDE ? LEAST_SIDE / low : high > MOST_SIDE ? MOST_SIDE / high : 1
  const side = (size: number): number => Math.min(2 * MOST_SIDE, Math.max(4, Math.round((size * factor) / 4) * 4))
  return { height: side(height), width: side(width) }
}

/** One block for every halving down to about 4 pixels. Wider layers only pay with thousands of samples, and cost four times as much. */
function filters(side: number, samples: number): number[] {
  const widths = samples < 10_000 ? [16, 32, 64, 128] : [32, 64, 96, 128]
  return widths.slice(0, Math.max(1, Math.min(widths.length, Math.floor(Math.log2(side / 4)))))
}

/** Passes over the data: about the same number of updates for sets of any size, within reason. */
function epochs(samples: number): number {
  return Math.max(5, Math.min(40, Math.round(40_000 / Math.max(1, samples))))
}
