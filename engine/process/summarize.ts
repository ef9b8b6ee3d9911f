// Command summarize: size of a model, and the memory that its training will need, before training.
import { z } from 'zod'
import type { ModelSummary } from '../contract/commands.ts'
import { trainConfig } from '../contract/recipe.ts'
import { IMPORTED } from '../models/index.ts'
import { network } from '../models/network.ts'
import { summarize } from '../models/summarize.ts'
import { frozenAt } from '../train/freezing.ts'
import { estimateMemory } from '../train/memory.ts'
import type { Command } from './command.ts'
import { withProject } from './with-project.ts'

export const summarizeCommand: Command<'summarize'> = {
  args: z.object({ config: trainConfig, classes: z.int().min(0), samples: z.int().min(0).optional(), project: z.string().optional() }),
  run: ({ config, classes, samples, project }) => {
    const size = async (): Promise<ModelSummary> => {
      const frozen = frozenAt(config, network(config, classes), 0)
      return { ...summarize(config, classes, frozen), ...(samples !== undefined && { memory: (await estimateMemory(config, classes, samples)).total }) }
    }
    return project !== undefined && config.model === IMPORTED ? withProject(project, size) : size()
  },
}
