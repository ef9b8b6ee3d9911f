// Entropy: those first whose probabilities are spread the widest.
import type { PartStrategy } from '../strategy.ts'

/** −Σ p log p, over its greatest value log K. */
export const entropy: PartStrategy = {
  title: 'Entropy',
  description: 'Where the probability is spread over many answers',
  source: 'Shannon, 1948; for queries: Settles, "Active learning literature survey", 2009, section 3.1',
  needs: 'probabilities',
  unsure: (p) => (p.length < 2 ? 0 : p.reduce((sum, v) => (v > 0 ? sum - v * Math.log(v) : sum), 0) / Math.log(p.length)),
}
