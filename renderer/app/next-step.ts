// nextStep(): what the data allow now, for the quiet line at the head of each place.
import type { RunRecord } from '../../db/contract/records.ts'
import type { SampleCounts } from '../../main/api/contract/samples.ts'
import { metricName } from '../../engine/contract/metric-names.ts'
import { runScore, type RunScore } from '../../engine/contract/run-score.ts'
import { count, plural } from '../ui/format.ts'
import { metricText } from '../ui/metric-text.ts'
import type { Step } from '../ui/step.ts'
import { placeRoute, type PlaceName } from './places.ts'

/** Labelled samples from which a first run makes sense. */
const ENOUGH = 20

interface Scored extends Pick<RunRecord, 'id' | 'metrics'> {
  readonly config: Pick<RunRecord['config'], 'task'>
}

export interface StepState {
  readonly project: string
  readonly place: PlaceName
  readonly counts: SampleCounts
  readonly classes: number
  /** Fewest classes with samples that the task needs. */
  readonly least: number
  readonly runs: readonly (Scored & Pick<RunRecord, 'status'>)[]
}

/** Never points at the place where one already is: there the words stand without a button. */
export function nextStep(state: StepState): Step {
  const step = decide(state)
  return step.place === state.place ? { text: step.text } : { text: step.text, action: step.action, to: placeRoute(step.place, state.project, step.query) }
}

interface Decision {
  readonly text: string
  readonly action: string
  readonly place: PlaceName
  readonly query?: Readonly<Record<string, string>>
}

function decide({ counts, classes, least, runs }: StepState): Decision {
  const left = counts.total - counts.labelled
  const used = counts.byClass.filter((entry) => entry.count > 0).length
  if (counts.total === 0) return { text: 'No samples yet: drop a folder, files, a zip or a table.', action: 'Import', place: 'data' }
  if (counts.labelled === 0) return { text: `${plural(counts.total, 'sample')}, none labelled yet.`, action: 'Label', place: 'label' }
  if (used < least && least === 2) return { text: `All ${plural(counts.labelled, 'label')} are of one class: a model needs at least two.`, action: classes < 2 ? 'Add a class' : 'Label', place: 'label' }
  const running = runs.find((run) => run.status === 'running' || run.status === 'queued')
  if (running) return { text: `Run ${running.id} is training.`, action: 'Watch', place: 'train', query: { run: String(running.id) } }
  const halted = runs.find((run) => run.status === 'crashed' || run.status === 'paused')
  if (halted) return { text: `Run ${halted.id} is ${halted.status}: it can go on from its last checkpoint.`, action: 'Resume', place: 'train', query: { run: String(halted.id) } }
  const said = left === 0 ? `All ${count(counts.total)} labelled` : `${count(counts.labelled)} of ${count(counts.total)} labelled`
  const finished = runs.filter((run) => run.status === 'finished' || run.status === 'stopped')
  if (finished.length === 0) {
    if (counts.labelled < ENOUGH) return { text: `${said}: ${plural(ENOUGH - counts.labelled, 'more label')} for a first run worth looking at.`, action: 'Label', place: 'label', query: { labelled: 'no' } }
    if (counts.bySplit.train === 0 || counts.bySplit.val === 0) return { text: `${said}; no train and validation split yet.`, action: 'Split', place: 'data', query: { dialog: 'split' } }
    return { text: `${said}: enough to train${left > 0 ? ` · ${count(left)} left` : ''}.`, action: 'Train', place: 'train' }
  }
  const best = bestRun(finished)
  const query = { run: String(best.id) }
  if (best.score === null) return { text: `Run ${best.id} has ended: see where it is wrong.`, action: 'Evaluate', place: 'evaluate', query }
  return { text: `Best run ${best.id}: validation ${metricName(best.score.name).label.toLowerCase()} ${metricText(best.score.name, best.score.value)}. See where it is wrong${left > 0 ? ` · ${count(left)} samples left to label` : ''}.`, action: 'Evaluate', place: 'evaluate', query }
}

function bestRun(runs: readonly Scored[]): { readonly id: number; readonly score: RunScore | null } {
  const scored = runs.map((run) => ({ id: run.id, score: runScore(run) }))
  return scored.reduce((best, run) => ((run.score?.rank ?? -Infinity) > (best.score?.rank ?? -Infinity) ? run : best))
}
