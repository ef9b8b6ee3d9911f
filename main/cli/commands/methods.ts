// lathe methods [--task T]: how a prediction can be explained.
import { z } from 'zod'
import { forTask } from '../catalog.ts'
import { defineCommand } from '../command.ts'
import { table } from '../output.ts'

export const methodsCommand = defineCommand({
  summary: 'list the explanation methods',
  arguments: '',
  options: [['--task <task>', "only a task's methods"]],
  schema: z.object({ task: z.string().optional() }),
  async run({ task }, cli) {
    const catalog = await (await cli.services()).catalog()
    const items = forTask(catalog, catalog.methods, task)
    cli.print(...table(items.map((item) => [item.name, item.title, item.description])))
    return { items }
  },
})
