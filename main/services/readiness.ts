// Readiness: whether the data allow a run, and what to do when they do not.
import type { SampleFilter } from '../../db/contract/records.ts'
import type { Project } from '../../db/project.ts'
import { taskKind } from '../../engine/contract/task-kinds.ts'
import type { Readiness } from '../api/contract/runs.ts'

const FEW = 5
const count = (n: number, what: string): string => `${n.toLocaleString('en')} ${what}${n === 1 ? '' : 's'}`

/** How many samples fit, without reading any. */
const matching = (project: Project, filter: SampleFilter): number => project.samples.list(filter, 'id', false, 0, 0).total

/** Labels, of as many classes as the task needs, and something to train on. */
export function readiness(project: Project): Readiness {
  const problems: string[] = []
  const warnings: string[] = []
  const { total, labelled } = project.samples.totals()
  const classes = project.classes.list()
  const used = classes.filter((entry) => entry.samples > 0)
  const { label, classes: least } = taskKind(project.info().task)
  const labelledTrain = matching(project, { labelled: true, split: 'train' })
  const train = new Set(used.filter((entry) => matching(project, { class: entry.id, split: 'train' }) > 0).map((entry) => entry.id))
  const val = matching(project, { labelled: true, split: 'val' })
  const splits = labelled - matching(project, { labelled: true, split: 'none' })
  if (project.readOnly) problems.push(`${project.path} is open read-only: make the file and its folder writable, or work on a copy.`)
  if (total === 0) problems.push('There are no samples yet: import some.')
  else if (labelled === 0) problems.push(`None of the ${count(total, 'sample')} has a label: label them first.`)
  else if (used.length < least) problems.push(used.length === 0 ? 'No label names a class yet: label some samples first.' : `All ${count(labelled, 'labelled sample')} belong to one class, ${JSON.stringify(used[0]?.name ?? '')}: a classifier needs two classes or more, so label samples of another class.`)
  else if (splits > 0 && labelledTrain === 0) problems.push('No labelled sample is in the train split: split the data again.')
  else if (splits > 0 && train.size < least) problems.push('Only one class has samples in the train split: split the data again.')
  if (problems.length > 0) return { ready: false, problems, warnings }

  if (splits === 0) warnings.push('Nothing is split yet: the first run splits 70 / 15 / 15, stratified, by its seed.')
  else {
    if (splits < labelled) warnings.push(`${count(labelled - splits, 'labelled sample')} in no split: left out until the data are split again.`)
    if (val === 0) warnings.push('No labelled sample is in the val split: no best checkpoint by validation and no early stopping.')
    for (const entry of used) if (least === 2 && !train.has(entry.id)) warnings.push(`Class ${JSON.stringify(entry.name)} has no sample in the train split: it cannot be learnt.`)
  }
  if (label === 'class') for (const entry of used) if (entry.samples < FEW) warnings.push(`Class ${JSON.stringify(entry.name)} has ${entry.samples === 1 ? 'only 1 sample' : `only ${entry.samples} samples`}: it cannot be both learnt and tested well; add more.`)
  if (labelled < total) warnings.push(`${count(total - labelled, 'sample')} without a label: left out of training.`)
  return { ready: true, problems, warnings }
}
