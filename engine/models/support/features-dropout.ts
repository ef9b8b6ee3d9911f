// Dropout of whole features of a sequence: the same at each step, which recurrent networks bear better than noise that changes from step to step.
import type { Value } from '../../graph/graph.ts'
import { transpose } from '../../ops/build.ts'
import type { Wiring } from '../model.ts'

/** `x` [N, T, features]. Gal and Ghahramani, "A theoretically grounded application of dropout in recurrent neural networks", NIPS 2016, https://arxiv.org/abs/1512.05287. */
export function featuresDropout(net: Wiring, name: string, x: Value, rate: number): Value {
  if (rate === 0) return x
  return transpose(net.layer(name, { type: 'spatial-dropout', rate }, transpose(x, [0, 2, 1])), [0, 2, 1])
}
