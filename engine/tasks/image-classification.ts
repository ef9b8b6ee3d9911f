// Image classification: one class for each picture.
import { LatheError } from '../contract/errors.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { imageAugmentation } from '../contract/recipe.ts'
import { model as modelDef } from '../models/index.ts'
import { imageAttribution } from './image/attribution.ts'
import { exportedImage } from './image/exported-image.ts'
import { classifiedImages, pixelSpec, pixelsOf } from './image/image-set.ts'
import { mixedSet, mixes, shareLoss, shareTargets } from './image/mixed-classes.ts'
import { normalise } from './image/preprocess.ts'
import { imageRecipe } from './image/recipe.ts'
import { need, oneClass, oneClassExport } from './support/one-class.ts'
import type { TaskDef } from './task.ts'

const ID = 'image-classification'

export const imageClassification: TaskDef = {
  ...oneClass,
  title: 'Image classification',
  input: 'image',
  models: ['cnn', 'mlp', 'residual-cnn', 'depthwise-cnn'],
  recipe: async (data, name) => {
    const chosen = name ?? 'cnn'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return imageRecipe(ID, chosen, data)
  },
  // Labels become shares of classes where pictures are mixed.
  targets: (config, classes) => (mixes(config) ? shareTargets(config, classes) : oneClass.targets()),
  loss: (request) => (mixes(request.config) ? shareLoss(request) : oneClass.loss(request)),
  features: (config) => ({ pixels: pixelSpec(inputOf('image', config)) }),
  load: async (request) => {
    const { samples, config } = request
    if (mixes(config)) return await mixedSet(request)
    const pixels = await pixelsOf(request)
    return classifiedImages({ input: inputOf('image', config), pixels, ids: Int32Array.from(samples, (s) => s.id), labels: Int32Array.from(samples, (s) => s.class), augment: imageAugmentation(config.augment) })
  },
  preprocess: (features, config) => ({ x: normalise(need(features, 'pixels'), inputOf('image', config)) }),
  attribution: (config) => imageAttribution(inputOf('image', config)),
  exported: { ...exportedImage, ...oneClassExport },
}
