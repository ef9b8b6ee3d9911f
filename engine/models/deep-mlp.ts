// Deep MLP: many narrow layers on top of each other, to see what depth needs in order to learn.
import { z } from 'zod'
import type { LayerSpec } from '../layers/index.ts'
import type { ModelDef, NamedLayer } from './model.ts'
import { modelOptions } from './options.ts'

const options = z.strictObject({
  depth: z.int().min(1).max(64).default(20).describe('Hidden layers.'),
  units: z.int().min(1).max(1024).default(32).describe('Units of each.'),
  activation: z.enum(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'elu', 'selu', 'gelu', 'silu', 'softsign']).default('relu').describe('What each unit does with its sum.'),
  norm: z.enum(['none', 'batch-norm', 'layer-norm']).default('none').describe('Brings what each layer makes to one scale, before its activation.'),
  residual: z.boolean().default(false).describe('Adds what every two layers make to what they were given, so that gradients have a way around them.'),
})
type Options = z.output<typeof options>

const hiddenLayer = (o: Options): LayerSpec[] => [{ type: 'dense', units: o.units, bias: o.norm === 'none' }, ...(o.norm === 'none' ? [] : [{ type: o.norm } satisfies LayerSpec]), { type: o.activation }]

export const deepMlp: ModelDef = {
  title: 'Deep MLP',
  description: 'Many narrow layers on top of each other, with or without what lets them learn',
  use: 'To learn why deep networks need good initial weights, activations, norms or ways around layers; for results take another model',
  tasks: ['image-classification'],
  options,
  layers: (config, classes) => {
    const o = modelOptions('deep-mlp', options, config.modelOptions)
    const result: NamedLayer[] = [{ name: 'flatten', spec: { type: 'flatten' } }]
    const stack = (from: number, to: number): void => {
      for (let n = from; n <= to; n++) for (const spec of hiddenLayer(o)) result.push({ name: `${spec.type}${n}`, spec })
    }
    if (o.residual) {
      stack(1, 1)
      let n = 2
      // Two layers a block; the second gives its sum as it is, so that a block can also take away.
      for (; n + 1 <= o.depth; n += 2) result.push({ name: `block${n}-${n + 1}`, spec: { type: 'residual', layers: [...hiddenLayer(o), { type: 'dense', units: o.units }] } })
      stack(n, o.depth)
    } else stack(1, o.depth)
    result.push({ name: 'head', spec: { type: 'dense', units: classes } })
    return result
  },
}
