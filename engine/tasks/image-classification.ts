// Image classification: one class for each picture.
import { LatheError } from '../contract/errors.ts'
import { metrics } from '../metrics/index.ts'
import { score } from '../metrics/score.ts'
import { model as modelDef, models } from '../models/index.ts'
import { imageRecipe } from './image-recipe.ts'
import type { TaskDef } from './task.ts'

const ID = 'image-classification'

export const imageClassification: TaskDef = {
  title: 'Image classification',
  input: 'image',
  label: 'class',
  loss: 'softmax-cross-entropy',
  metrics: Object.keys(metrics),
  models: Object.keys(models),
  recipe: (data, name) => {
    const chosen = name ?? 'cnn'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return imageRecipe(ID, chosen, data)
  },
  decode: (probabilities, classes) =>
    classes
      .map((name, i) => ({ class: name, probability: probabilities[i] ?? 0 }))
      // The sort is stable: of equals the first class stays first, as in the prediction.
      .sort((a, b) => b.probability - a.probability),
  score,
}
