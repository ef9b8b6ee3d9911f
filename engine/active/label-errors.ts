// labelErrors(): labels that are likely wrong, from probabilities of networks that did not train on them.

export interface Suspect {
  readonly row: number
  /** Class that the label should be. */
  readonly said: number
  /** p(said) − p(label): the greater, the surer. */
  readonly score: number
}

/**
 * Confident learning: a row is suspect where its probability of another class is at least what that class's own rows have on average, and
 * more than that of its label. Northcutt, Jiang and Chuang, "Confident learning: estimating uncertainty in dataset labels", JAIR 2021,
 * section 3.1, ranked by normalised margin (section 3.2). `probabilities`: rows × classes, out of sample. The surest first.
 */
export function labelErrors(probabilities: Float32Array, labels: Int32Array, classes: number): Suspect[] {
  const p = (row: number, k: number): number => probabilities[row * classes + k] ?? 0
  const thresholds = Array.from({ length: classes }, (_, k) => {
    const own = [...labels.keys()].filter((row) => labels[row] === k)
    return own.length === 0 ? Infinity : own.reduce((sum, row) => sum + p(row, k), 0) / own.length
  })
  const suspects = [...labels].flatMap((label, row): Suspect[] => {
    const sure = thresholds.flatMap((least, k) => (p(row, k) >= least ? [k] : []))
    const said = sure.reduce((best, k) => (best < 0 || p(row, k) > p(row, best) ? k : best), -1)
    const score = said < 0 ? 0 : p(row, said) - p(row, label)
    return said >= 0 && said !== label && score > 0 ? [{ row, said, score }] : []
  })
  return suspects.sort((a, b) => b.score - a.score || a.row - b.row)
}
