// Command catalog: what the engine offers, read from the registries.
import { z } from 'zod'
import type { Commands } from '../contract/commands.ts'
import { methods } from '../explain/index.ts'
import { formats } from '../formats/index.ts'
import { initializers } from '../initializers/index.ts'
import { losses } from '../losses/index.ts'
import { models } from '../models/index.ts'
import { optimizers } from '../optimizers/index.ts'
import { samples } from '../samples/index.ts'
import { schedules } from '../schedules/index.ts'
import { tasks } from '../tasks/index.ts'
import type { Command } from './command.ts'

const titled = (registry: Readonly<Record<string, { readonly title: string; readonly description: string }>>): { name: string; title: string; description: string }[] =>
  Object.entries(registry).map(([name, { title, description }]) => ({ name, title, description }))

const withOptions = (registry: Readonly<Record<string, { readonly title: string; readonly description: string; readonly options: z.ZodType }>>): { name: string; title: string; description: string; options: Readonly<Record<string, unknown>> }[] =>
  Object.entries(registry).map(([name, { title, description, options }]) => ({ name, title, description, options: z.toJSONSchema(options, { io: 'input' }) }))

export const catalogCommand: Command<'catalog'> = {
  args: z.object({}),
  run: () => Promise.resolve(catalog()),
}

function catalog(): Commands['catalog']['result'] {
  return {
    tasks: Object.entries(tasks).map(([id, { title, input, metrics, losses: own, models: names }]) => ({ id, title, input, metrics, losses: own, models: names })),
    models: Object.entries(models).map(([name, { title, description, use, tasks: serves, options }]) => ({ name, title, description, use, tasks: serves, options: z.toJSONSchema(options, { io: 'input' }) })),
    methods: Object.entries(methods).map(([name, { title, tasks: serves, description, source }]) => ({ name, title, tasks: serves ?? Object.keys(tasks), description, source })),
    samples: Object.entries(samples).map(([id, { title, task, also = {}, samples: count, bytes, licence, description, trainSeconds }]) => ({ id, title, task, tasks: [task, ...Object.keys(also)], samples: count, bytes, licence, description, trainSeconds })),
    optimizers: titled(optimizers),
    schedules: withOptions(schedules),
    initializers: titled(initializers),
    losses: withOptions(losses),
    formats: titled(formats),
  }
}
