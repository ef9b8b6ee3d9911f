// lathe models [--task T]: what networks there are.
import { z } from 'zod'
import { forTask } from '../catalog.ts'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'

export const modelsCommand = defineCommand({
  summary: 'list the model templates',
  arguments: '',
  options: [['--task <task>', "only a task's models"]],
  schema: z.object({ task: z.string().optional() }),
  async run({ task }, cli) {
    const catalog = await (await cli.services()).catalog()
    const items = forTask(catalog, catalog.models, task)
    cli.print(...table(items.map((item) => [item.name, item.title, item.description])))
    return { items }
  },
})
