// How good translations are: BLEU, chrF and exact matches over the answers found, loss over the right ones.
import { LatheError } from '../../contract/errors.ts'
import type { TrainConfig } from '../../contract/recipe.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { TensorData } from '../../data/types.ts'
import { measureSums } from '../../metrics/bootstrap-sums.ts'
import { bleu, bleuStatistics } from '../../metrics/translation/bleu.ts'
import { chrf, chrfStatistics } from '../../metrics/translation/chrf.ts'
import { loadTokenizer } from '../../tokenize/load.ts'
import { floatsOf } from '../support/one-class.ts'
import type { RawOutputs, Score, ScoredRow, ScoreRequest } from '../task.ts'

export const TRANSLATION_METRICS = ['bleu', 'chrf', 'exact', 'loss'] as const

/** The text of one row of `generated`. */
export function answerOf(generated: TensorData | undefined, config: TrainConfig): string {
  return loadTokenizer(inputOf('translation', config).target).decode(Array.from(generated ?? [], Number)).trim()
}

function answers(outputs: RawOutputs, count: number, config: TrainConfig): string[] {
  const { generated } = outputs
  if (!generated) throw new LatheError('internal', 'translations are scored by the answers found, and none were searched for')
  const tokenizer = loadTokenizer(inputOf('translation', config).target)
  const [size = 1] = generated.shape
  return Array.from({ length: count }, (_, i) => tokenizer.decode(Array.from(generated.data.subarray(i * size, (i + 1) * size), Number)).trim())
}

export function scoreTranslation({ set, outputs, config, seed }: ScoreRequest): Score {
  const losses = floatsOf(outputs, 'losses')
  const logs = floatsOf(outputs, 'generated_log_probability')
  const found = answers(outputs, set.count, config)
  const length = set.count === 0 ? 0 : losses.length / set.count
  const next = new BigInt64Array(set.count * length)
  set.fill(Int32Array.from({ length: set.count }, (_, i) => i), { next }, null)
  const statistics: number[][] = []
  const rows = found.map((text, row): ScoredRow => {
    const wanted = set.truth(row) as string | null
    const probability = Math.exp(logs[row] ?? -Infinity)
    const output = { kind: 'translation', text, probability }
    if (wanted === null) return { predicted: null, probability, probabilities: null, loss: null, correct: null, output }
    const own = losses.subarray(row * length, (row + 1) * length)
    const tokens = next.subarray(row * length, (row + 1) * length).filter((id) => id >= 0n).length
    const loss = own.reduce((a, b) => a + b, 0)
    const correct = text === wanted.trim()
    statistics.push([...bleuStatistics(text, wanted), ...chrfStatistics(text, wanted), correct ? 1 : 0, 1, loss, tokens])
    return { predicted: null, probability, probabilities: null, loss: loss / Math.max(1, tokens), correct, output }
  })
  if (statistics.length === 0) throw new LatheError('data', `none of the ${set.count} samples has a translation: give some of this split theirs to measure on it`)
  const [forBleu, forChrf] = [bleuStatistics('', '').length, chrfStatistics('', '').length]
  const at = (sums: Float64Array, i: number): number => sums[forBleu + forChrf + i] ?? 0
  const measured = measureSums(
    statistics,
    {
      bleu: (s) => bleu(s),
      chrf: (s) => chrf(s.subarray(forBleu)),
      exact: (s) => at(s, 0) / at(s, 1),
      loss: (s) => at(s, 2) / at(s, 3),
    },
    seed,
  )
  return { samples: statistics.length, ...measured, classes: [], confusion: [], rows }
}
