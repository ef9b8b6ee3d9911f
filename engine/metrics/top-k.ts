// Top-k accuracy: share of samples whose label is among the k most probable classes.
import type { MetricDef } from './metric.ts'

function topK(k: number): MetricDef {
  return {
    title: `Top-${k} accuracy`,
    description: `Share of samples whose label is among the ${k} most probable classes`,
    lowerIsBetter: false,
    applies: (classes) => classes > k,
    compute: ({ labels, probabilities, classes }, rows) => {
      let hits = 0
      for (const i of rows) {
        const own = probabilities[i * classes + (labels[i] ?? 0)] ?? 0
        let above = 0
        for (let c = 0; c < classes; c++) {
          const p = probabilities[i * classes + c] ?? 0
          // Of equals the first counts as more probable, as in the prediction.
          if (p > own || (p === own && c < (labels[i] ?? 0))) above++
        }
        if (above < k) hits++
      }
      return hits / rows.length
    },
  }
}

export const top3 = topK(3)
export const top5 = topK(5)
