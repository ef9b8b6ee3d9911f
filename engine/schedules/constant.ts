// Constant learning rate.
import { defineSchedule, noOptions } from './schedule.ts'

export const constant = defineSchedule({
  title: 'Constant',
  description: 'The same learning rate throughout',
  options: noOptions,
  factor: () => 1,
})
