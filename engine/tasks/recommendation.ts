// Recommendation: how many stars a user would give an item, and which unseen items come first.
import { tensor } from '../compile/program.ts'
import { LatheError } from '../contract/errors.ts'
import { memberConfig, membersOf } from '../contract/members.ts'
import { inputOf } from '../contract/inputs/of.ts'
import { Codes } from '../data/table/encode.ts'
import { model as modelDef } from '../models/index.ts'
import { vectorWidth } from '../models/support/ratings.ts'
import { predictRecommendation, RANKING_LOSSES, recommendationLoss } from './recommendation/graph.ts'
import { ratingFeatures, ratingSet, ratingTargets, readRating } from './recommendation/rating-set.ts'
import { recommendationRecipe } from './recommendation/recipe.ts'
import { decodeRating, scoreRecommendation } from './recommendation/score.ts'
import { need } from './support/one-class.ts'
import type { TaskDef } from './task.ts'

const ID = 'recommendation'

export const recommendation: TaskDef = {
  title: 'Recommendation',
  input: 'rating',
  label: 'number',
  metrics: ['ndcg10', 'hit10', 'rmse', 'mae'],
  models: ['matrix-factorisation', 'two-towers', 'neural-cf'],
  hits: 'hit10',
  recipe: async (data, name) => {
    const chosen = name ?? 'matrix-factorisation'
    if (!modelDef(chosen).tasks.includes(ID)) throw new LatheError('usage', `model '${chosen}' does not serve ${ID}`)
    return recommendationRecipe(ID, chosen, data)
  },
  features: () => ratingFeatures,
  targets: (config) => ratingTargets(inputOf('rating', config).items.length),
  load: ratingSet,
  preprocess: (features) => features,
  losses: RANKING_LOSSES,
  loss: recommendationLoss,
  predict: predictRecommendation,
  averaged: { scores: { kind: 'mean' }, own: { kind: 'mean' }, rating: { kind: 'mean' }, penalty: { kind: 'mean' } },
  score: scoreRecommendation,
  decode: decodeRating,
  // The network's tapped tensor is the user's vector, then the item's, of equal length.
  attribution: (config) => {
    const members = membersOf(config)
    // The user's vector, then the item's; of an ensemble those of one member after another.
    const widths = members.length > 0 ? members.map((member) => vectorWidth(memberConfig(config, member))) : [vectorWidth(config)]
    const cells = widths.flatMap((width) => Array.from({ length: 2 * width }, (_, i) => (i < width ? 0 : 1)))
    return { kind: 'columns', height: 1, width: 2, cell: (i) => cells[i] ?? -1, baseline: null }
  },
  attributionLabels: () => ({ columns: ['user', 'item'] }),
  explainable: () => 1,
  explained: (outputs) => need(outputs, 'own'),
  explainedOf: () => 0,
  explainedName: () => 'the score of the item',
  exported: {
    inputs: (graph) => ({ user: graph.input('user', 'int64', ['N']), item: graph.input('item', 'int64', ['N']) }),
    describe: (config) => {
      const { users, items } = inputOf('rating', config)
      const coded = (names: readonly string[]): Record<string, number> => Object.fromEntries(names.map((name, i) => [name, i + 1]))
      return { user: { unknown: 0, values: coded(users) }, item: { unknown: 0, values: coded(items) } }
    },
    outputs: { rating: 'float32 [N], stars of the item, where the data have stars', answer: 'float32 [N, 2], score and stars of the item; [N, 1], its score, without stars', scores: 'float32 [N, items], of every item for the user, higher is better; column i is item code i + 1', top: 'int64 [N, 10], columns of the best scores', top_scores: 'float32 [N, 10]' },
    feeds: (bytes, config) => {
      const { users, items } = inputOf('rating', config)
      const { user, item } = readRating(bytes, 0)
      const code = (names: readonly string[], name: string) => tensor('int64', BigInt64Array.of(BigInt(new Codes(names).of(name))), [1])
      return Promise.resolve({ user: code(users, user), item: code(items, item) })
    },
    compare: ['answer'],
  },
}
