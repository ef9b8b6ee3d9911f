// Command summarize: size of a model, and the memory that its training will need, before training.
import { z } from 'zod'
import { trainConfig } from '../contract/recipe.ts'
import { summarize } from '../models/summarize.ts'
import { estimateMemory } from '../train/memory.ts'
import type { Command } from './command.ts'

export const summarizeCommand: Command<'summarize'> = {
  args: z.object({ config: trainConfig, classes: z.int().min(0), samples: z.int().min(0).optional() }),
  run: async ({ config, classes, samples }) => ({ ...summarize(config, classes), ...(samples !== undefined && { memory: (await estimateMemory(config, classes, samples)).total }) }),
}
