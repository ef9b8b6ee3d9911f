// Command split: every sample into train, val or test, by seed, with the leak audit.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { exactLeaks, splitRandom, splitStratified } from '../data/split.ts'
import type { Command } from './command.ts'
import { withProject } from './with-project.ts'

const share = z.number().min(0)

export const splitCommand: Command<'split'> = {
  args: z.object({ project: z.string(), by: z.enum(['random', 'stratified']), ratio: z.tuple([share, share, share]), seed: z.int().min(0) }),
  run: ({ project: file, by, ratio, seed }) =>
    withProject(file, ({ samples }) => {
      const keys = samples.keys()
      if (keys.length === 0) throw new LatheError('data', `${file}: there are no samples to split; import some first`)
      const splits = by === 'random' ? splitRandom(keys.length, ratio, seed) : splitStratified(keys.map((key) => key.class), ratio, seed)
      const placed = keys.map((key, i) => ({ ...key, split: splits[i] ?? null }))
      samples.setSplits(placed.map((key) => [key.id, key.split] as const))
      const count = { train: 0, val: 0, test: 0 }
      for (const { split } of placed) if (split) count[split]++
      return Promise.resolve({ ...count, leaks: exactLeaks(placed) })
    }),
}
