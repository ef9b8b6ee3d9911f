// Constant learning rate.
import type { ScheduleDef } from './schedule.ts'

export const constant: ScheduleDef = {
  title: 'Constant',
  description: 'The same learning rate throughout',
  factor: () => 1,
}
