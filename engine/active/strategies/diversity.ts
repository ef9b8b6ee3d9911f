// Diversity: those first that are unlike all that is labelled, and unlike each other.
import type { VectorStrategy, Vectors } from '../strategy.ts'

/** Greedy k-center: each next one is the farthest from its nearest neighbour among what is known or chosen. Ties go to the first row; without any known one the first is that farthest from the mean. */
export const diversity: VectorStrategy = {
  title: 'Diversity',
  description: 'What is least like everything labelled, and like each other',
  source: 'Sener and Savarese, "Active learning for convolutional neural networks: a core-set approach", ICLR 2018, algorithm 1',
  needs: 'features',
  pick: (pool, known, count) => {
    const rows = rowsOf(pool)
    const nearest = new Float64Array(rows).fill(Infinity)
    const approach = (to: Vectors, at: number): void => {
      for (let row = 0; row < rows; row++) nearest[row] = Math.min(nearest[row] ?? 0, squared(pool, row, to, at))
    }
    if (rowsOf(known) > 0) for (let at = 0; at < rowsOf(known); at++) approach(known, at)
    else approach(meanOf(pool), 0)
    const picked: { row: number; score: number }[] = []
    while (picked.length < Math.min(count, rows)) {
      let best = -1
      for (let row = 0; row < rows; row++) if ((nearest[row] ?? -1) > (best < 0 ? -1 : (nearest[best] ?? -1))) best = row
      picked.push({ row: best, score: Math.sqrt(nearest[best] ?? 0) })
      approach(pool, best)
      // Chosen ones are not chosen again, even where others are equal to them.
      nearest[best] = -1
    }
    return picked
  },
}

const rowsOf = ({ data, width }: Vectors): number => (width === 0 ? 0 : data.length / width)

function squared(a: Vectors, i: number, b: Vectors, j: number): number {
  let sum = 0
  for (let k = 0; k < a.width; k++) sum += ((a.data[i * a.width + k] ?? 0) - (b.data[j * b.width + k] ?? 0)) ** 2
  return sum
}

function meanOf(pool: Vectors): Vectors {
  const mean = new Float32Array(pool.width)
  const rows = Math.max(1, rowsOf(pool))
  pool.data.forEach((v, i) => { mean[i % pool.width] = (mean[i % pool.width] ?? 0) + v / rows })
  return { data: mean, width: pool.width }
}
