// Speaker identification: who of the known speakers is heard; its embedding also tells whether two recordings are of one voice.
import { verification } from '../metrics/speech/equal-error.ts'
import { add, mul } from '../ops/build.ts'
import { audioClassification, audioRecipe, audioSet } from './audio/classify.ts'
import { exportedAudio } from './audio/exported-audio.ts'
import { batchHard } from './audio/triplets.ts'
import { chosenLoss, withoutOptions, type TaskLosses } from './support/chosen-loss.ts'
import { floatsOf, need, oneClass, oneClassExport } from './support/one-class.ts'
import type { LossRequest, PredictRequest, Score, ScoreRequest, TaskDef, TaskLoss, Values } from './task.ts'

const ID = 'speaker-identification'
/** Takes to learn from. */
const FEW = 500
const MARGIN = 0.5
const LOSSES: TaskLosses = [...oneClass.losses, 'triplet']

/** As all classes, or `triplet`: cross-entropy with batch-hard triplets on the embedding added, which pulls recordings of one voice together. */
function loss(request: LossRequest): TaskLoss {
  const { outputs, targets, rows, config } = request
  const name = chosenLoss(config, LOSSES)
  if (name !== 'triplet') return oneClass.loss(request)
  withoutOptions(config, name)
  const plain = oneClass.loss({ ...request, config: { ...config, loss: null } })
  const pulled = plain.objective.graph.in('triplets', () => batchHard(need(outputs, 'embedding'), need(targets, 'labels'), rows, MARGIN))
  return { ...plain, objective: add(plain.objective, mul(pulled, 1)) }
}

const predict = (request: PredictRequest): Values => ({ ...oneClass.predict(request), embedding: need(request.outputs, 'embedding') })

/** `eer`: equal error rate of telling whether two recordings of the split are of one voice, by the cosine of their embeddings. */
function score(request: ScoreRequest): Score {
  const scored = oneClass.score(request)
  const { set, outputs, seed } = request
  const [width = 0] = outputs['embedding']?.shape ?? []
  const { rate, interval } = verification(floatsOf(outputs, 'embedding'), width, set.labels, seed)
  if (!Number.isFinite(rate)) return scored
  return { ...scored, metrics: { ...scored.metrics, eer: rate }, intervals: { ...scored.intervals, eer: interval } }
}

export const speakerIdentification: TaskDef = {
  ...audioClassification,
  title: 'Speaker identification',
  metrics: [...oneClass.metrics, 'eer'],
  losses: LOSSES,
  models: ['speaker-cnn', 'audio-cnn', 'audio-depthwise-cnn', 'audio-crnn'],
  recipe: async (data, name) => {
    // A few dozen takes are soon known by heart, words and all: smaller batches make more updates of them, and more of each is left out.
    const config = await audioRecipe(ID, name ?? 'speaker-cnn', data, data.samples < FEW ? { batch: 16, dropout: 0.4 } : {})
    // A change of tempo changes the pitch, and with it who seems to speak.
    return config.augment && 'kind' in config.augment && config.augment.kind === 'audio' ? { ...config, augment: { ...config.augment, speed: 0 } } : config
  },
  load: (request) => audioSet(request, () => false),
  loss,
  predict,
  score,
  exported: {
    ...exportedAudio('middle'),
    ...oneClassExport,
    outputs: { ...oneClassExport.outputs, embedding: 'float32 [N, embedding]: compare two voices by the cosine of theirs' },
    compare: ['probabilities', 'embedding'],
    graphOutputs: (request) => ({ ...oneClassExport.graphOutputs(request), embedding: need(request.outputs, 'embedding') }),
  },
}
