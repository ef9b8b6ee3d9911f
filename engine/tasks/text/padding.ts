// tokenPadding: the recipe's length, and the recipe with another: what a batch of short texts is padded to.
import { inputOf } from '../../contract/inputs/of.ts'
import type { TaskDef } from '../task.ts'

export function tokenPadding(kind: 'text' | 'text-pair'): TaskDef['padding'] & object {
  return {
    full: (config) => inputOf(kind, config).length,
    to: (config, steps) => ({ ...config, input: { ...inputOf(kind, config), length: steps } }),
  }
}
