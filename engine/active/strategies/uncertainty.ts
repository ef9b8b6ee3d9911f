// Uncertainty: those first whose most probable answer is the least probable.
import type { PartStrategy } from '../strategy.ts'

/** 1 − max p. */
export const uncertainty: PartStrategy = {
  title: 'Least confidence',
  description: 'Where the most probable answer has the lowest probability',
  source: 'Lewis and Gale, "A sequential algorithm for training text classifiers", SIGIR 1994',
  needs: 'probabilities',
  unsure: (p) => 1 - (p[0] ?? 1),
}
