// lathe new FILE --task TASK: an empty project.
import { z } from 'zod'
import { defineCommand } from '../command.ts'

export const newCommand = defineCommand({
  summary: 'make an empty project',
  arguments: '<file>',
  options: [
    ['--task <task>', 'what the models of the project will do; see "lathe tasks"'],
    ['--name <name>', "the project's name; the file's without its extension when left out"],
  ],
  schema: z.object({
    file: z.string(),
    task: z.string({ error: 'expected a task, such as image-classification; see "lathe tasks"' }),
    name: z.string().trim().min(1, { error: 'expected a name of 1 to 200 characters' }).max(200, { error: 'expected a name of 1 to 200 characters' }).optional(),
  }),
  async run({ file, task, name }, cli) {
    const { projects } = await cli.services()
    const info = await projects.create({ path: file, task, name })
    cli.print(`made ${info.path}: ${info.name}, ${info.task}`)
    return { project: info.path, task: info.task, name: info.name }
  },
})
