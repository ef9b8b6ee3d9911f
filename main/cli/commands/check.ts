// lathe check FILE: is the project whole?
import { z } from 'zod'
import { defineCommand } from '../command.ts'

export const checkCommand = defineCommand({
  summary: 'check a project file, and repair what can be repaired without guessing',
  arguments: '<file>',
  options: [['--repair', 'keep a copy beside it, then make indexes and current labels again and drop what nothing names']],
  schema: z.object({ file: z.string(), repair: z.boolean().default(false) }),
  async run({ file, repair }, cli) {
    const { checkProject } = await import('../../../db/check.ts')
    const { ok, problems, repaired } = checkProject(file, { repair })
    cli.print(...repaired.map((line) => `repair: ${line}`), ...problems, ok ? `${file}: no problems` : `${file}: ${problems.length} problem${problems.length === 1 ? '' : 's'}`)
    return { ok, problems, repaired }
  },
})
