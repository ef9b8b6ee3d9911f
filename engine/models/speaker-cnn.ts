// Speaker CNN: convolutions, then mean and deviation over time, so that what is said falls away and how it sounds stays.
import { z } from 'zod'
import { add, concat, mul, reduceMean, sqrt, sub } from '../ops/build.ts'
import { block, drop, filters, mapOf, normOption, overTime, pool } from './audio/stages.ts'
import type { ModelDef } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  filters: filters([16, 32, 48]).describe('Filters of each block, with commas; every block halves the bands, the first two also the frames.'),
  embedding: z.int().min(2).max(1024).default(64).describe('Numbers that stand for a voice.'),
  norm: normOption,
})

/** Statistics pooling as in Snyder et al., "X-vectors: robust DNN embeddings for speaker recognition", ICASSP 2018. */
export const speakerCnn: ModelDef = {
  title: 'Speaker CNN',
  description: 'Turns a recording into an embedding of the voice: near for one speaker, far for two',
  use: 'For who speaks: its embedding also compares voices that it was not trained on',
  tasks: ['speaker-identification'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('speaker-cnn', options, config.modelOptions)
    let x = mapOf(net, inputs)
    o.filters.forEach((width, i) => {
      x = pool(net, `pool${i + 1}`, block(net, `conv${i + 1}`, x, width, o.norm), 2, i < 2 ? 2 : 1)
    })
    const steps = overTime(x)
    const mean = reduceMean(steps, [1], true)
    const away = sub(steps, mean)
    const deviation = sqrt(add(reduceMean(mul(away, away), [1], false), 1e-5))
    const pooled = concat([reduceMean(steps, [1], false), deviation], 1)
    const embedding = net.layer('embedding', { type: 'dense', units: o.embedding }, drop(net, 'dropout', pooled, config.dropout))
    return { logits: net.layer('head', { type: 'dense', units: classes }, embedding), embedding }
  },
}
