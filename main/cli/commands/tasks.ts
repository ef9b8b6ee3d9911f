// lathe tasks: what models can do here.
import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'

export const tasksCommand = defineCommand({
  summary: 'list the tasks',
  arguments: '',
  options: [],
  schema: z.object({}),
  async run(_args, cli) {
    const { tasks } = await (await cli.services()).catalog()
    cli.print(...table(tasks.map((task) => [task.id, task.title, `models: ${task.models.join(', ')}`])))
    return { items: tasks }
  },
})
