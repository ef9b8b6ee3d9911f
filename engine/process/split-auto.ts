// splitAuto: the split that fits a project's data where nobody chose one: by time for what runs in time, by group where samples say theirs, else stratified.
import type { SampleKey } from '../../db/repos/samples.ts'
import type { Project } from '../../db/project.ts'
import type { Split } from '../contract/recipe.ts'
import { splitByGroup, splitByTime, splitStratified, type Ratio } from '../data/split.ts'

export function splitAuto(project: Project, keys: readonly SampleKey[], ratio: Ratio, seed: number): Split[] {
  if (project.info().task === 'series-forecast') return splitByTime(timesOf(project, keys), ratio)
  const groups = groupsOf(project, keys)
  return groups.every((group) => group !== null) ? splitByGroup(groups, ratio, seed) : splitStratified(keys.map((key) => key.class), ratio, seed)
}

/** What each sample says its `group` is (a speaker, a patient); null where it says nothing. */
export function groupsOf(project: Project, keys: readonly SampleKey[]): (string | null)[] {
  return metaOf(project, keys, 'group').map((value) => (value === null ? null : String(value)))
}

/** What each sample says its `time` is; samples without keep the order in which they came. */
export function timesOf(project: Project, keys: readonly SampleKey[]): (string | number)[] {
  return metaOf(project, keys, 'time').map((value, i) => value ?? i)
}

function metaOf(project: Project, keys: readonly SampleKey[], name: string): (string | number | null)[] {
  const meta = project.samples.meta(name)
  return keys.map((key) => meta.get(key.id) ?? null)
}
