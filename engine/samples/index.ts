// Registry of built-in samples.
import { LatheError } from '../contract/errors.ts'
import type { NewSample } from '../data/new-sample.ts'
import { breastCancer } from './breast-cancer/breast-cancer.ts'
import { co2 } from './co2/co2.ts'
import { commands } from './commands/commands.ts'
import { digits } from './digits/digits.ts'
import { numbers } from './numbers/numbers.ts'
import { prose } from './prose/prose.ts'
import { entailment } from './entailment/entailment.ts'
import { entities } from './entities/entities.ts'
import { gestures } from './gestures/gestures.ts'
import { iris } from './iris/iris.ts'
import { ratings } from './ratings/ratings.ts'
import { reviews } from './reviews/reviews.ts'
import type { BuiltInSample } from './sample.ts'
import { sensors } from './sensors/sensors.ts'
import { shapesDetection } from './shapes-detection/shapes-detection.ts'
import { shapesMultilabel } from './shapes-multilabel/shapes-multilabel.ts'
import { shapesSegmentation } from './shapes-segmentation/shapes-segmentation.ts'
import { speakers } from './speakers/speakers.ts'
import { spokenDigits } from './spoken-digits/spoken-digits.ts'
import { sunspots } from './sunspots/sunspots.ts'

export const samples = {
  digits,
  'shapes-detection': shapesDetection,
  'shapes-segmentation': shapesSegmentation,
  'shapes-multilabel': shapesMultilabel,
  sunspots,
  co2,
  gestures,
  sensors,
  commands,
  speakers,
  'spoken-digits': spokenDigits,
  iris,
  'breast-cancer': breastCancer,
  ratings,
  prose,
  numbers,
  reviews,
  entailment,
  entities,
} satisfies Record<string, BuiltInSample>
export type SampleName = keyof typeof samples

/** @throws {LatheError} `usage` for an unknown id. */
export function sampleById(id: string): BuiltInSample {
  if (!Object.hasOwn(samples, id)) throw new LatheError('usage', `there is no built-in sample '${id}'; there are: ${Object.keys(samples).join(', ')}`)
  return samples[id as SampleName]
}

/** A built-in data set as a task takes it. @throws {LatheError} `usage` for an unknown id, or a task that it does not serve. */
export function sampleFor(id: string, task: string): Pick<BuiltInSample, 'samples' | 'classes' | 'open'> {
  const sample = sampleById(id)
  const found = sample.task === task ? sample : sample.also?.[task]
  if (!found) throw new LatheError('usage', `the built-in sample '${id}' serves ${[sample.task, ...Object.keys(sample.also ?? {})].join(', ')}, not ${task}`)
  return found
}

/** The samples of a built-in data set, in order. */
export function openSample(id: string): AsyncIterable<NewSample> {
  return sampleById(id).open()
}
