// Speech to text: what is said, without knowing where in the recording each word stands.
import { chooseUnits, encode, stepsNeeded } from '../audio/vocabulary.ts'
import { detach } from '../autodiff/detach.ts'
import { LatheError } from '../contract/errors.ts'
import { frameCount, type SpeechInput } from '../contract/inputs/audio.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { trainDefaults, type TrainConfig } from '../contract/recipe.ts'
import type { Value } from '../graph/graph.ts'
import { ctc } from '../losses/ctc.ts'
import { model as modelDef } from '../models/index.ts'
import { logSoftmax, mul, reduceSum, slice, softmax } from '../ops/build.ts'
import { preprocessAudio } from './audio/audio-graph.ts'
import { audioFeatures } from './audio/audio-set.ts'
import { drawnAudio } from './audio/drawn-audio.ts'
import { audioAttribution, audioLabels, exportedAudio } from './audio/exported-audio.ts'
import { measureAudio } from './audio/recipe.ts'
import { speechSet } from './audio/speech-set.ts'
import { decodeSpeech, scoreSpeech } from './audio/transcripts.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from './support/chosen-loss.ts'
import { need } from './support/one-class.ts'
import type { LossRequest, PredictRequest, TaskDef, TaskLoss, TrainingData, Values } from './task.ts'

const ID = 'speech-to-text'
const LOSSES: TaskLosses = ['ctc']
/** Longest recording that a recipe makes room for, in seconds. */
const MOST_SECONDS = 20

async function recipe(data: TrainingData, name: string | null): Promise<TrainConfig> {
  const model = name ?? 'speech-crnn'
  if (!modelDef(model).tasks.includes(ID)) throw new LatheError('usage', `model '${model}' does not serve ${ID}`)
  const { front, samples } = await measureAudio(data, 'start', MOST_SECONDS)
  const texts = samples.flatMap(({ label }) => (label?.kind === 'text' && label.text.trim() !== '' ? [label.text] : []))
  if (texts.length === 0) throw new LatheError('data', 'no recording of the training split has a transcript: give some theirs first')
  const chosen = chooseUnits(texts)
  const words = chosen.units === 'words'
  const halvings = words ? 2 : 1
  const steps = frameCount(front) >> halvings
  // Room for longer transcripts than were looked at, as far as there are steps for them.
  const longest = Math.min(steps, Math.ceil(1.3 * Math.max(...texts.map((text) => stepsNeeded(encode(text, chosen))))) + 1)
  const input: SpeechInput = { kind: 'speech', ...front, ...chosen, longest, beam: 8 }
  return {
    task: ID,
    model,
    modelOptions: { halvings },
    input,
    // Updates that CTC needs to find where units stand: some hundred for words, thousands for characters.
    epochs: Math.max(8, Math.min(300, Math.round((words ? 330 : 2400) / Math.ceil(data.samples / 16)))),
    batch: 16,
    optimizer: 'adam',
    lr: 3e-3,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    weightDecay: 0,
    labelSmoothing: 0,
    dropout: 0.2,
    initializer: 'he-normal',
    seed: 1,
    // Masks over time could hide a whole word that the transcript has.
    augment: { kind: 'audio', shift: 1, gain: 6, speed: 0.1, noise: -44, timeMasks: 0, timeMask: 0, bandMasks: 1, bandMask: 0.2 },
    earlyStopping: null,
    ...trainDefaults,
    clipNorm: 5,
  }
}

function loss({ outputs, targets, rows, config }: LossRequest): TaskLoss {
  withoutOptions(config, chosenLoss(config, LOSSES))
  const logits = need(outputs, 'logits')
  const { objective, sum } = logits.graph.in('loss', () => ctc.build({ prediction: logits, target: need(targets, 'transcript'), weights: rows }))
  return { objective, sum, correct: mul(reduceSum(rows), 0) }
}

const predict = ({ outputs }: PredictRequest): Values => ({ log_probabilities: logSoftmax(need(outputs, 'logits'), 2) })

/** Logits of the units that are heard, each as much as it is heard: [N]. */
function explained(outputs: Values): Value {
  const logits = need(outputs, 'logits')
  const units = (v: Value): Value => slice(v, { starts: [1], ends: [Number(logits.shape[2])], axes: [2] })
  return reduceSum(mul(detach(units(softmax(logits, 2))), units(logits)), [1, 2])
}

export const speechToText: TaskDef = {
  title: 'Speech to text',
  input: 'audio',
  label: 'text',
  metrics: ['wer', 'cer', 'exact', 'greedy_wer'],
  models: ['speech-crnn'],
  losses: LOSSES,
  hits: null,
  recipe,
  features: audioFeatures,
  drawn: drawnAudio,
  targets: (config) => ({ transcript: { dtype: 'int64', shape: [inputOf('speech', config).longest] } }),
  load: speechSet,
  preprocess: preprocessAudio,
  loss,
  predict,
  score: scoreSpeech,
  decode: (row, config) => decodeSpeech(row, config),
  // The most probable unit of each step.
  parts: (row, config) => {
    const logs = row['log_probabilities'] as Float32Array
    const units = 1 + inputOf('speech', config).vocabulary.length
    return { data: Float32Array.from({ length: logs.length / units }, (_, t) => Math.exp(Math.max(...logs.subarray(t * units, (t + 1) * units)))), width: 1, fold: 'mean' }
  },
  attribution: audioAttribution,
  attributionLabels: (_features, config) => audioLabels(config),
  explainable: () => 1,
  explained,
  explainedOf: () => 0,
  explainedName: () => 'transcript',
  exported: {
    ...exportedAudio('start'),
    outputs: { log_probabilities: 'float32 [N, steps, 1 + vocabulary]; unit 0 is the blank of CTC: merge repeats, then leave out blanks' },
    compare: ['log_probabilities'],
    metadata: (config) => {
      const { units, vocabulary, beam } = inputOf('speech', config)
      return { decoder: JSON.stringify({ kind: 'ctc', blank: 0, units, vocabulary, join: units === 'words' ? ' ' : '', beam }) }
    },
  },
}
