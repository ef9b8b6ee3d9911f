// From the outputs of a speech network to transcripts, and how well they agree with what was said.
import { greedy, prefixBeam, type Heard, type Steps } from '../../audio/ctc-decode.ts'
import { decodeUnits } from '../../audio/vocabulary.ts'
import type { Outputs } from '../../contract/commands.ts'
import { LatheError } from '../../contract/errors.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import type { TensorData } from '../../data/types.ts'
import { errorRates } from '../../metrics/speech/edits.ts'
import { floatsOf } from '../support/one-class.ts'
import type { Score, ScoredRow, ScoreRequest } from '../task.ts'

interface Transcript {
  readonly text: string
  /** Probability of the labels over all paths that the beam kept; of the one path where it is greedy. */
  readonly probability: number
}

/** `logs`: log probabilities of one row, [steps, 1 + vocabulary]. */
function transcribe(logs: Float32Array, config: TrainConfig, beam = inputOf('speech', config).beam): Transcript {
  const input = inputOf('speech', config)
  const steps: Steps = { logs, classes: input.vocabulary.length + 1, blank: 0 }
  const { labels, log }: Heard = beam > 1 ? prefixBeam(steps, beam) : greedy(steps)
  return { text: decodeUnits(labels, input), probability: Math.min(1, Math.exp(log)) }
}

export function decodeSpeech(row: Readonly<Record<string, TensorData>>, config: TrainConfig): Outputs {
  const logs = row['log_probabilities']
  return { kind: 'text', ...transcribe(logs instanceof Float32Array ? logs : new Float32Array(), config) }
}

/** `wer`, `cer` and `exact` of the recipe's beam, `greedy_wer` of the most probable units. Throws LatheError `data` where no row has a transcript. */
export function scoreSpeech({ set, outputs, config, seed }: ScoreRequest): Score {
  const { shape, data } = { shape: outputs['log_probabilities']?.shape ?? [], data: floatsOf(outputs, 'log_probabilities') }
  const size = shape.reduce((a, b) => a * b, 1)
  const pairs: { said: string; heard: string; greedy: string }[] = []
  const rows = Array.from({ length: set.count }, (_, i): ScoredRow => {
    const logs = data.subarray(i * size, (i + 1) * size)
    const { text, probability } = transcribe(logs, config)
    const said = set.truth(i)
    if (typeof said === 'string') pairs.push({ said, heard: text, greedy: transcribe(logs, config, 1).text })
    return { predicted: null, probability, probabilities: null, loss: null, correct: typeof said === 'string' ? said.split(/\s+/u).filter(Boolean).join(' ') === text : null, output: { kind: 'text', text, probability } }
  })
  if (pairs.length === 0) throw new LatheError('data', `none of the ${set.count} recordings has a transcript: give some of this split theirs to measure on it`)
  const rates = errorRates(pairs, seed)
  const simple = errorRates(pairs.map(({ said, greedy: heard }) => ({ said, heard })), seed)
  const { wer: greedyWer = NaN } = simple.metrics
  const interval = simple.intervals['wer']
  return {
    samples: pairs.length,
    metrics: { ...rates.metrics, greedy_wer: greedyWer },
    intervals: { ...rates.intervals, ...(interval && { greedy_wer: interval }) },
    classes: [],
    confusion: [],
    rows,
  }
}
