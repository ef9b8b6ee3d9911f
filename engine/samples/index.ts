// Registry of built-in samples.
import { LatheError } from '../contract/errors.ts'
import type { NewSample } from '../data/new-sample.ts'
import { digits } from './digits/digits.ts'
import type { BuiltInSample } from './sample.ts'

export const samples = {
  digits,
} satisfies Record<string, BuiltInSample>
export type SampleName = keyof typeof samples

/** @throws {LatheError} `usage` for an unknown id. */
export function sampleById(id: string): BuiltInSample {
  if (!Object.hasOwn(samples, id)) throw new LatheError('usage', `there is no built-in sample '${id}'; there are: ${Object.keys(samples).join(', ')}`)
  return samples[id as SampleName]
}

/** The samples of a built-in data set, in order. */
export function openSample(id: string): AsyncIterable<NewSample> {
  return sampleById(id).open()
}
