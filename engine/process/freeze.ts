// Command freeze: the data as they are → a dataset version, which a run then keeps.
import { z } from 'zod'
import type { Project } from '../../db/project.ts'
import type { Ratio } from '../data/split.ts'
import type { Command } from './command.ts'
import { splitAuto } from './split-auto.ts'
import { withProject } from './with-project.ts'

const AUTO_SPLIT: Ratio = [0.7, 0.15, 0.15]

export const freezeCommand: Command<'freeze'> = {
  args: z.object({ project: z.string(), seed: z.int().min(0) }),
  run: ({ project: file, seed }) =>
    withProject(file, (project) => {
      splitIfNone(project, seed)
      return Promise.resolve({ dataset: project.datasets.freeze().id })
    }),
}

function splitIfNone(project: Project, seed: number): void {
  const { samples } = project
  const keys = samples.keys()
  if (keys.some((key) => key.labelled && key.split !== null)) return
  const splits = splitAuto(project, keys, AUTO_SPLIT, seed)
  samples.setSplits(keys.map((key, i) => [key.id, splits[i] ?? null] as const))
}
