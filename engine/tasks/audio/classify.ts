// What tasks with one class for each recording share: their rows, and all but the score.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import type { DataSet } from '../../data/types.ts'
import { model as modelDef } from '../../models/index.ts'
import { fillLabels } from '../image/image-set.ts'
import { oneClass } from '../support/one-class.ts'
import type { LoadRequest, TaskDef, TrainingData } from '../task.ts'
import { audioFeatures, audioFiller, soundsOf, windows, type Clip } from './audio-set.ts'
import { preprocessAudio } from './audio-graph.ts'
import { drawnAudio } from './drawn-audio.ts'
import { audioAttribution, audioLabels } from './exported-audio.ts'
import { measureAudio } from './recipe.ts'

/** Longest stretch that a recipe lets a classifier hear at once, in seconds. */
const MOST_SECONDS = 4

/** What `truth` gives of a row. */
export interface HeardSeconds {
  readonly seconds: number
}

/**
 * Rows `wave`, `covered`, `labels`. A long recording is heard at its loudest stretch; where `whole` says so, all of it, as several rows.
 * @param whole of the index of a sample.
 */
export async function audioSet(request: LoadRequest, whole: (i: number) => boolean): Promise<DataSet> {
  const { samples, config } = request
  const { rate, samples: length } = inputOf('audio', config)
  const sounds = await soundsOf(request)
  const clips: Clip[] = sounds.flatMap((sound, sample) => (whole(sample) ? windows(sound, length) : [sound]).map((part) => ({ sample, sound: part })))
  const labels = Int32Array.from(clips, (clip) => samples[clip.sample]?.class ?? -1)
  const write = audioFiller(clips, config, 'middle')
  return {
    count: clips.length,
    ids: Int32Array.from(clips, (clip) => samples[clip.sample]?.id ?? 0),
    labels,
    tensors: { ...audioFeatures(config), labels: { dtype: 'int64', shape: [] } },
    fill: (rows, out, random) => {
      write(rows, out, random)
      fillLabels(labels, rows, out['labels'])
    },
    truth: (row): HeardSeconds => ({ seconds: Math.min(length, clips[row]?.sound.length ?? 0) / rate }),
  }
}

/** A recipe for one class a recording; `changes` are the task's own. */
export async function audioRecipe(id: string, model: string, data: TrainingData, changes: Partial<TrainConfig>): Promise<TrainConfig> {
  if (!modelDef(model).tasks.includes(id)) throw new LatheError('usage', `model '${model}' does not serve ${id}`)
  const { front } = await measureAudio(data, 'middle', MOST_SECONDS)
  const batch = data.samples < 2_000 ? 32 : 64
  const [fewest, most] = [Math.min(...data.counts), Math.max(...data.counts)]
  return {
    task: id,
    model,
    modelOptions: {},
    input: { kind: 'audio', ...front },
    // About as many updates for sets of any size, within reason.
    epochs: Math.max(8, Math.min(60, Math.round(450 / Math.ceil(data.samples / batch)))),
    batch,
    optimizer: 'adam',
    // With batch norm and a warm-up, four times Adam's usual rate; the cosine takes it back to almost nothing.
    lr: 4e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0.05,
    dropout: 0.25,
    initializer: 'he-normal',
    seed: 1,
    // Anywhere in the stretch, softer and louder, in noise that can hardly or well be heard; a band and a moment are hidden.
    augment: { kind: 'audio', shift: 1, gain: 6, speed: 0.12, noise: -36, timeMasks: 1, timeMask: 0.15, bandMasks: 1, bandMask: 0.2 },
    earlyStopping: null,
    ...trainDefaults,
    clipNorm: 5,
    // Where a class is four times as frequent as another, it would otherwise be guessed too often.
    classWeights: fewest > 0 && most >= 4 * fewest ? 'balanced' : null,
    ...changes,
  }
}

/** Everything of such a task that does not depend on what the classes are. */
export const audioClassification = {
  ...oneClass,
  input: 'audio',
  features: audioFeatures,
  drawn: drawnAudio,
  preprocess: preprocessAudio,
  attribution: audioAttribution,
  attributionLabels: (_features, config) => audioLabels(config),
} satisfies Partial<TaskDef>
