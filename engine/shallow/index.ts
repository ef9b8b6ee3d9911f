// Registry of shallow models by name.
import { gaussianNaiveBayes, multinomialNaiveBayes } from './models/naive-bayes.ts'
import { gradientBoosting } from './models/gradient-boosting.ts'
import { linearRegression } from './models/linear-regression.ts'
import { logisticRegression } from './models/logistic-regression.ts'
import type { ShallowDef } from './model.ts'
import { nearestNeighbours } from './models/nearest-neighbours.ts'
import { randomForest } from './models/random-forest.ts'

export const shallowModels = {
  'logistic-regression': logisticRegression,
  'linear-regression': linearRegression,
  'nearest-neighbours': nearestNeighbours,
  'random-forest': randomForest,
  'gradient-boosting': gradientBoosting,
  'naive-bayes': gaussianNaiveBayes,
  'naive-bayes-words': multinomialNaiveBayes,
} satisfies Record<string, ShallowDef>
