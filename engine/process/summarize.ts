// Command summarize: size of a model before training.
import { z } from 'zod'
import { trainConfig } from '../contract/recipe.ts'
import { summarize } from '../models/summarize.ts'
import type { Command } from './command.ts'

export const summarizeCommand: Command<'summarize'> = {
  args: z.object({ config: trainConfig, classes: z.int().min(0) }),
  run: ({ config, classes }) => Promise.resolve(summarize(config, classes)),
}
