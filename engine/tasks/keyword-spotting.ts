// Keyword spotting: which of a few words a recording holds, if any.
import { falseAcceptsPerHour, isNoKeyword } from '../metrics/speech/false-accepts.ts'
import { audioClassification, audioRecipe, audioSet, type HeardSeconds } from './audio/classify.ts'
import { exportedAudio } from './audio/exported-audio.ts'
import { oneClass, oneClassExport } from './support/one-class.ts'
import type { Score, ScoreRequest, TaskDef } from './task.ts'

const ID = 'keyword-spotting'
/** A keyword counts as heard when it is the most probable class and at least this probable. */
const ACCEPTED = 0.5

/**
 * `false_accepts_per_hour`: rows whose class is no keyword (`_unknown_`, `_silence_`, `noise`, …) and that are heard as one, divided by the
 * seconds of those rows; long such recordings are heard from end to end, window by window. Left out where the split has none.
 */
function score(request: ScoreRequest): Score {
  const scored = oneClass.score(request)
  const { set, classes } = request
  let [accepts, seconds] = [0, 0]
  scored.rows.forEach((row, i) => {
    const label = classes[set.labels[i] ?? -1]
    if (label === undefined || !isNoKeyword(label)) return
    seconds += (set.truth(i) as HeardSeconds).seconds
    if (!isNoKeyword(classes[row.predicted ?? 0] ?? '') && (row.probability ?? 0) >= ACCEPTED) accepts++
  })
  if (seconds === 0) return scored
  const { rate, interval } = falseAcceptsPerHour(accepts, seconds / 3600)
  return { ...scored, metrics: { ...scored.metrics, false_accepts_per_hour: rate }, intervals: { ...scored.intervals, false_accepts_per_hour: interval } }
}

export const keywordSpotting: TaskDef = {
  ...audioClassification,
  title: 'Keyword spotting',
  metrics: [...oneClass.metrics, 'false_accepts_per_hour'],
  models: ['audio-cnn', 'audio-depthwise-cnn', 'audio-crnn'],
  recipe: (data, name) => audioRecipe(ID, name ?? 'audio-cnn', data, {}),
  load: (request) => audioSet(request, (i) => isNoKeyword(request.classes[request.samples[i]?.class ?? -1] ?? '')),
  score,
  exported: { ...exportedAudio('middle'), ...oneClassExport },
}
