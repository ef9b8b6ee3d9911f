// U-Net: the u-net layer and a convolution that gives every pixel its classes.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import type { ModelDef } from './model.ts'
import { activation, modelOptions, norm } from './options.ts'
import { needMultiple } from './support/vision.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).min(2).max(6).default([16, 32, 64, 64]).describe('Filters at each size, the full one first, with commas; every further size halves the picture.'),
  norm: norm.default('batch-norm').describe('Brings what each convolution makes to one scale; deep networks hardly train without it.'),
  activation: activation.extract(['relu', 'elu', 'gelu', 'silu']).default('relu').describe('What each unit does with its sum: without it, layers would add up to one.'),
})

/** Output `logits` [N, 1 + classes, h, w], the background first. */
export const uNet: ModelDef = {
  title: 'U-Net',
  description: 'Sees the picture at several sizes and joins each with what was seen in detail before',
  use: 'The first choice for masks: sharp outlines, and enough context to tell classes apart',
  tasks: ['segmentation'],
  options,
  wire: (net, inputs, config, classes) => {
    const o = modelOptions('u-net', options, config.modelOptions)
    needMultiple('u-net', config, 2 ** (o.filters.length - 1))
    const { x } = inputs
    if (!x) throw new LatheError('internal', 'model u-net takes x')
    const seen = net.layer('u-net', { type: 'u-net', filters: o.filters, norm: o.norm, activation: o.activation }, net.tap(x))
    return { logits: net.layer('classes', { type: 'conv2d', filters: classes + 1, kernel: 1 }, seen) }
  },
}
