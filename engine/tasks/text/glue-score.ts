// GLUE's measures of pairs: accuracy, and of two classes the F1 of the one that says yes.
import { resample } from '../../metrics/resample.ts'
import { oneClass } from '../support/one-class.ts'
import type { Score, ScoreRequest } from '../task.ts'

/** What data sets of pairs call the class that says yes. */
const YES: ReadonlySet<string> = new Set(['1', 'yes', 'true', 'entailment', 'entails', 'equivalent', 'duplicate', 'is_duplicate', 'paraphrase', 'same', 'similar', 'positive', 'match'])

/** Index of the class that says yes, of two; the second, as in GLUE, where no name tells. */
export function yesClass(classes: readonly string[]): number {
  const named = classes.findIndex((name) => YES.has(name.trim().toLowerCase()))
  return named < 0 ? 1 : named
}

/** Of two classes `f1` is that of the class that says yes; of more the mean over classes. Wang et al., "GLUE", 2019, https://arxiv.org/abs/1804.07461. */
export function glueScore(request: ScoreRequest): Score {
  const scored = oneClass.score(request)
  if (request.classes.length !== 2) return scored
  const { set, seed } = request
  const yes = yesClass(request.classes)
  const rows = scored.rows.flatMap((row, i) => ((set.labels[i] ?? -1) >= 0 ? [[set.labels[i] === yes, row.predicted === yes] as const] : []))
  const { f1 } = resample(rows.length, (drawn) => {
    const sums = { both: 0, either: 0 }
    for (const i of drawn) {
      const [truth = false, predicted = false] = rows[i] ?? []
      if (truth && predicted) sums.both++
      sums.either += Number(truth) + Number(predicted)
    }
    return { f1: sums.either > 0 ? (2 * sums.both) / sums.either : 0 }
  }, seed)
  return { ...scored, metrics: { ...scored.metrics, f1: scored.classes[yes]?.f1 ?? 0 }, intervals: { ...scored.intervals, ...(f1 && { f1 }) } }
}
