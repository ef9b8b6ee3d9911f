// Default recipe for ratings, adapted to how many people, items and ratings there are.
import { trainDefaults, type TrainConfig } from '../../contract/recipe.ts'
import { LatheError } from '../../contract/errors.ts'
import { meanAndStd } from '../../data/table/columns.ts'
import { parseRating } from '../../data/table/rating.ts'
import type { TrainingData } from '../task.ts'

const ALL = 10_000_000
/** Scores of all items for each row of a batch are made at once: more items take too much memory. */
export const MOST_ITEMS = 20_000

export async function recommendationRecipe(task: string, model: string, data: TrainingData): Promise<TrainConfig> {
  const ratings = (await data.read(ALL)).flatMap(({ bytes, label }) => {
    try {
      return [{ ...parseRating(bytes), stars: label?.kind === 'number' ? label.value : NaN }]
    } catch {
      return []
    }
  })
  const users = [...new Set(ratings.map((r) => r.user))].sort()
  const items = [...new Set(ratings.map((r) => r.item))].sort()
  if (items.length < 2 || users.length < 2) throw new LatheError('data', `task ${task}: ${ratings.length} ratings of ${users.length} users and ${items.length} items; at least 2 of each are needed`)
  if (items.length > MOST_ITEMS) throw new LatheError('data', `task ${task}: ${items.length.toLocaleString('en')} items, at most ${MOST_ITEMS.toLocaleString('en')} can be ranked at once; leave out items with few ratings`)
  const stars = ratings.map((r) => r.stars).filter(Number.isFinite)
  const { mean, std } = stars.length > 0 ? meanAndStd(stars) : { mean: 0, std: 0 }
  return {
    task,
    model,
    modelOptions: {},
    // Ratings that are all the same say no more than that it was chosen.
    input: { kind: 'rating', users, items, rating: std > 0 ? { mean, std, low: stars.reduce((a, b) => Math.min(a, b), Infinity), high: stars.reduce((a, b) => Math.max(a, b), -Infinity) } : null },
    epochs: Math.max(3, Math.min(40, Math.round(400_000 / Math.max(1, ratings.length)))),
    batch: ratings.length < 200_000 ? 128 : 512,
    optimizer: 'adam',
    lr: 0.01,
    schedule: 'warmup-cosine',
    momentum: 0.9,
    // The models' own penalty per rating takes its place.
    weightDecay: 0,
    labelSmoothing: 0,
    dropout: 0,
    initializer: 'xavier-normal',
    seed: 1,
    augment: null,
    earlyStopping: null,
    ...trainDefaults,
  }
}
