// lathe split FILE: every sample into train, val or test, by seed.
import { z } from 'zod'
import { defineCommand, oneOf, ratio, seed } from '../command.ts'

export const splitCommand = defineCommand({
  summary: 'split the samples into train, val and test',
  arguments: '<file>',
  options: [
    ['--by <way>', 'stratified (default): the same share of each class everywhere; random; group: samples of one group stay together; time: the last ones are test'],
    ['--ratio <shares>', 'train/val/test shares (default: 70/15/15)'],
    ['--seed <n>', 'the same seed gives the same split (default: 1)'],
  ],
  schema: z.object({ file: z.string(), by: oneOf('stratified', 'random', 'group', 'time').default('stratified'), ratio: ratio.default([70, 15, 15]), seed: seed.default(1) }),
  async run({ file, by, ratio: shares, seed: number }, cli) {
    const { services, project } = await cli.open(file)
    const { train, val, test, leaks } = await services.samples.split({ project, by, ratio: shares, seed: number })
    cli.print(`train ${train}, val ${val}, test ${test}`, leaks === 0 ? 'no exact duplicates across splits' : `${leaks} samples have an exact duplicate in another split: their scores would be too good`)
    return { train, val, test, leaks }
  },
})
