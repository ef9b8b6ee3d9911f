// How much there is of each: operators and their gradients, layers, losses, optimizers, schedules, initializers, networks, tasks.
import { initializers } from '../../engine/initializers/index.ts'
import { layers } from '../../engine/layers/index.ts'
import { losses } from '../../engine/losses/index.ts'
import { models } from '../../engine/models/index.ts'
import { ops } from '../../engine/ops/index.ts'
import { optimizers } from '../../engine/optimizers/index.ts'
import { schedules } from '../../engine/schedules/index.ts'
import { tasks } from '../../engine/tasks/index.ts'

export function counts(): Readonly<Record<string, number>> {
  const all = Object.values(ops)
  const withGradient = all.filter(({ grad }) => typeof grad === 'function').length
  const sizes = Object.entries({ layers, losses, optimizers, schedules, initializers, networks: models, tasks }).map(([name, registry]) => [name, Object.keys(registry).length])
  return { operators: all.length, 'operators with a gradient': withGradient, ...(Object.fromEntries(sizes) as Record<string, number>) }
}
