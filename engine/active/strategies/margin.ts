// Margin: those first whose two most probable answers are close.
import type { PartStrategy } from '../strategy.ts'

/** 1 − (p₁ − p₂). */
export const margin: PartStrategy = {
  title: 'Margin',
  description: 'Where the two most probable answers are nearly as probable',
  source: 'Scheffer, Decomain and Wrobel, "Active hidden Markov models for information extraction", IDA 2001',
  needs: 'probabilities',
  unsure: (p) => 1 - ((p[0] ?? 1) - (p[1] ?? 0)),
}
