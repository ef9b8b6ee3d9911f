// metadata_props of an exported file: all that a user of the file needs to know without the project.
import type { TrainConfig } from '../contract/recipe.ts'

export interface Provenance {
  readonly run: number
  readonly runName: string
  /** SHA-256 of the dataset version's manifest. */
  readonly dataset: string
  readonly weightsHash: string
  readonly metrics: Readonly<Record<string, number>>
  /** Of lathe and onnxruntime. */
  readonly versions: Readonly<Record<string, string>>
  /** Of the data, where it is known. */
  readonly licence: string | null
}

/** Keys are plain words; values that have structure are JSON. */
export function metadata(config: TrainConfig, classNames: readonly string[], from: Provenance): Record<string, string> {
  const { height, width, channels, mean, std } = config.input
  const input = {
    name: 'image',
    dtype: 'uint8',
    layout: 'NHWC',
    colour: channels === 1 ? 'grey' : 'RGB',
    height,
    width,
    channels,
    mean,
    std,
    preprocessing: 'inside the model: any height and width; resize (linear, antialiased), then (pixel / 255 - mean) / std',
    decoding: 'EXIF orientation applied, alpha over white, 8 bits',
  }
  return {
    task: config.task,
    model: config.model,
    classes: JSON.stringify(classNames),
    input: JSON.stringify(input),
    outputs: JSON.stringify({ probabilities: 'float32 [N, classes], softmax of logits', logits: 'float32 [N, classes]', class: 'int64 [N], index of the largest' }),
    run: String(from.run),
    run_name: from.runName,
    dataset: from.dataset,
    weights_hash: from.weightsHash,
    metrics: JSON.stringify(from.metrics),
    versions: JSON.stringify(from.versions),
    ...(from.licence !== null && { licence: from.licence }),
  }
}
