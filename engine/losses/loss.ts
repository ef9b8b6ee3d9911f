// Loss: from a network's output and labels to the number that training makes small.
import type { Value } from '../graph/graph.ts'

export interface LossInput {
  /** [N, classes]. */
  readonly logits: Value
  /** int64 [N] class indices, or float [N, classes] target probabilities. */
  readonly labels: Value
  /** Float [N]: weight of each row, 0 for padding; null for all 1. */
  readonly weights: Value | null
  /** Share of each target spread evenly over all classes. */
  readonly labelSmoothing: number
}

export interface LossOutput {
  /** Scalar to differentiate: weighted mean over rows, smoothing included. */
  readonly objective: Value
  /** Scalar to report: weighted sum over rows without smoothing, so that training and validation compare. */
  readonly sum: Value
}

export interface LossDef {
  readonly title: string
  readonly description: string
  build(input: LossInput): LossOutput
}
