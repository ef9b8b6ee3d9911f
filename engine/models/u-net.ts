// U-Net: the u-net layer and a convolution that gives every pixel its classes.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { depthToSpace, spaceToDepth } from '../ops/build.ts'
import type { ModelDef } from './model.ts'
import { activation, modelOptions, norm } from './options.ts'
import { needMultiple } from './support/vision.ts'

const options = z.strictObject({
  filters: z.array(z.int().min(1).max(512)).min(2).max(6).default([16, 32, 64, 128]).describe('Filters at each size, the largest first, with commas; every further size halves the picture.'),
  squares: z.union([z.literal(1), z.literal(2), z.literal(4)]).default(2).describe('Side of the squares of pixels that go through the network as one place and come out as pixels again; 1 costs four times the work of 2.'),
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
    needMultiple('u-net', config, o.squares * 2 ** (o.filters.length - 1))
    const { x } = inputs
    if (!x) throw new LatheError('internal', 'model u-net takes x')
    const pixels = net.tap(x)
    // The pixels of a square become channels, so nothing is lost, and a filter for each gives them back: Shi et al., "Sub-pixel convolutional neural network", CVPR 2016.
    const seen = net.layer('u-net', { type: 'u-net', filters: o.filters, norm: o.norm, activation: o.activation }, o.squares > 1 ? spaceToDepth(pixels, o.squares) : pixels)
    const logits = net.layer('classes', { type: 'conv2d', filters: (classes + 1) * o.squares ** 2, kernel: o.squares > 1 ? 3 : 1 }, seen)
    return { logits: o.squares > 1 ? depthToSpace(logits, o.squares) : logits }
  },
}
