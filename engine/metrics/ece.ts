// Expected calibration error: how far confidence is from accuracy.
import type { MetricDef } from './metric.ts'

const BINS = 15

/** Σ over bins of share · |accuracy − mean confidence|, 15 equal bins. Guo et al., "On calibration of modern neural networks", ICML 2017, eq. 3. */
export const ece: MetricDef = {
  title: 'Calibration error',
  description: 'Mean distance between confidence and accuracy over 15 bins of confidence',
  lowerIsBetter: true,
  compute: ({ labels, predicted, probabilities, classes }, rows) => {
    // Per bin: |Σ (correct − confidence)| is share · |accuracy − confidence| times the number of rows.
    const gaps = new Float64Array(BINS)
    for (const i of rows) {
      const confidence = probabilities[i * classes + (predicted[i] ?? 0)] ?? 0
      // Bins are open below and closed above, as in the paper.
      const bin = Math.min(BINS - 1, Math.max(0, Math.ceil(confidence * BINS) - 1))
      gaps[bin] = (gaps[bin] ?? 0) + (labels[i] === predicted[i] ? 1 : 0) - confidence
    }
    return gaps.reduce((sum, g) => sum + Math.abs(g), 0) / rows.length
  },
}
