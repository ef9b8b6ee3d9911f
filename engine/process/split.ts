// Command split: every sample into train, val or test, by seed, with the leak audit.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { Project } from '../../db/project.ts'
import type { SampleKey } from '../../db/repos/samples.ts'
import type { Commands } from '../contract/commands.ts'
import type { Split } from '../contract/recipe.ts'
import { exactLeaks, splitByGroup, splitByTime, splitRandom, splitStratified, type Ratio } from '../data/split.ts'
import type { Command } from './command.ts'
import { groupsOf, timesOf } from './split-auto.ts'
import { withProject } from './with-project.ts'

const share = z.number().min(0)

const WAYS: Readonly<Record<Commands['split']['args']['by'], (project: Project, keys: readonly SampleKey[], ratio: Ratio, seed: number) => Split[]>> = {
  random: (_project, keys, ratio, seed) => splitRandom(keys.length, ratio, seed),
  stratified: (_project, keys, ratio, seed) => splitStratified(keys.map((key) => key.class), ratio, seed),
  group: (project, keys, ratio, seed) => {
    const groups = groupsOf(project, keys)
    if (groups.every((group) => group === null)) throw new LatheError('data', 'no sample says to which group it belongs: import with the column that does (--group), or split another way')
    return splitByGroup(groups, ratio, seed)
  },
  time: (project, keys, ratio) => splitByTime(timesOf(project, keys), ratio),
}

export const splitCommand: Command<'split'> = {
  args: z.object({ project: z.string(), by: z.enum(['random', 'stratified', 'group', 'time']), ratio: z.tuple([share, share, share]), seed: z.int().min(0) }),
  run: ({ project: file, by, ratio, seed }) =>
    withProject(file, (project) => {
      const { samples } = project
      const keys = samples.keys()
      if (keys.length === 0) throw new LatheError('data', `${file}: there are no samples to split; import some first`)
      const splits = WAYS[by](project, keys, ratio, seed)
      const placed = keys.map((key, i) => ({ ...key, split: splits[i] ?? null }))
      samples.setSplits(placed.map((key) => [key.id, key.split] as const))
      const count = { train: 0, val: 0, test: 0 }
      for (const { split } of placed) if (split) count[split]++
      return Promise.resolve({ ...count, leaks: exactLeaks(placed) })
    }),
}
