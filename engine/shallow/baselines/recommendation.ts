// Baselines of recommendation: what is popular, and items like those that the user took.
import { LatheError } from '../../contract/errors.ts'
import { parseRating } from '../../data/table/rating.ts'
import type { LoadSample } from '../../data/types.ts'
import { ndcgOf, rankOf, rankScore } from '../../metrics/ranking.ts'
import { numberScore } from '../../metrics/regression.ts'
import { seenBy, type Interactions, type Recommender } from '../recommend/interactions.ts'
import { itemKnn } from '../recommend/item-knn.ts'
import { popularity } from '../recommend/popularity.ts'
import { byRow, meanOfValues, type BaselineDef, type BaselineRequest } from './baseline.ts'

interface Setting {
  readonly note: string
  readonly fit: (data: Interactions) => Recommender
}
/** Those of item-kNN are chosen by NDCG@10 on the validation split. */
const MODELS: readonly { readonly name: string; readonly title: string; readonly settings: readonly Setting[] }[] = [
  { name: 'popularity', title: 'Popularity', settings: [{ note: 'the same for everybody', fit: popularity }] },
  { name: 'item-knn', title: 'Item-kNN', settings: [[50, 5], [20, 5], [50, 0], [200, 0]].map(([k = 50, shrink = 0]) => ({ note: `cosine of who took what, ${k} nearest items, shrink ${shrink}`, fit: (data) => itemKnn(data, k, shrink) })) },
]

interface Split {
  readonly samples: readonly LoadSample[]
  readonly data: Interactions
}

export const recommendationBaseline: BaselineDef = {
  ranking: { metric: 'ndcg10', lowerIsBetter: false, measure: meanOfValues },
  // Of recommendations the loss of a row is what its NDCG lacks of 1.
  valuesOf: byRow(({ loss }) => (loss === null ? null : [1 - loss])),
  run: async function* (request) {
    const { train, val, test } = await splits(request)
    for (const { name, title, settings } of MODELS) {
      if (request.only !== undefined && request.only !== name) continue
      request.signal?.throwIfAborted()
      request.onProgress?.({ done: 0, total: null, stage: title.toLowerCase() })
      await new Promise((resolve) => setImmediate(resolve))
      const began = performance.now()
      const tried = settings.map(({ note, fit }) => {
        const model = fit(train.data)
        return { note, model, quality: settings.length === 1 || val.samples.length === 0 ? 0 : mean(ranks(model, val, [train]).map((r) => ndcgOf(r))) }
      })
      const { model, note } = tried.reduce((a, b) => (b.quality > a.quality ? b : a))
      const found = ranks(model, test, request.split === 'val' ? [train] : [train, val])
      const ranking = rankScore(test.data.user, found, request.seed)
      const stars = test.data.rating.some((r) => Number.isFinite(r)) && train.data.rating.some((r) => Number.isFinite(r)) ? numberScore(test.data.rating, Array.from(test.data.user, (u, i) => model.rating(u, test.data.item[i] ?? 0)), request.seed) : null
      const only = <T>(values: Readonly<Record<string, T>> | undefined): Record<string, T> => Object.fromEntries(Object.entries(values ?? {}).filter(([key]) => key !== 'r2'))
      yield { name, title, note, metrics: { ...ranking.metrics, ...only(stars?.metrics) }, intervals: { ...ranking.intervals, ...only(stars?.intervals) }, seconds: (performance.now() - began) / 1000, values: new Map(test.samples.map((s, i) => [s.id, [ndcgOf(found[i] ?? Infinity)]])), exportable: null }
    }
  },
}

const mean = (list: readonly number[]): number => list.reduce((sum, v) => sum + v, 0) / Math.max(1, list.length)

/** Among all items of training that the user has taken neither before nor elsewhere in the split; unknown items rank past the last. */
function ranks(model: Recommender, { data }: Split, before: readonly Split[]): number[] {
  const seen = [...before.map((b) => b.data), data].map(seenBy)
  const cache = new Map<number, Float64Array>()
  return Array.from(data.user, (user, i) => {
    const item = data.item[i] ?? 0
    const scores = cache.get(user) ?? model.scores(user)
    cache.set(user, scores)
    if (item >= scores.length) return scores.length + 1
    return rankOf(scores, item, new Set(seen.flatMap((s) => [...(s[user] ?? [])])))
  })
}

/** Codes by training; users and items that training does not know come after its own. */
async function splits(request: BaselineRequest): Promise<{ train: Split; val: Split; test: Split }> {
  const users = new Map<string, number>()
  const items = new Map<string, number>()
  const code = (codes: Map<string, number>, name: string): number => {
    const known = codes.get(name) ?? codes.size
    codes.set(name, known)
    return known
  }
  const of = async (split: string): Promise<{ samples: LoadSample[]; user: Int32Array; item: Int32Array; rating: Float64Array }> => {
    const samples = request.samples.filter((s) => s.split === split)
    const pairs: [number, number][] = []
    for (const { id } of samples) {
      request.signal?.throwIfAborted()
      const { user, item } = parseRating(await request.read(id))
      pairs.push([code(users, user), code(items, item)])
    }
    return { samples, user: Int32Array.from(pairs, ([u]) => u), item: Int32Array.from(pairs, ([, i]) => i), rating: Float64Array.from(samples, ({ label }) => (label?.kind === 'number' ? label.value : NaN)) }
  }
  const train = await of('train')
  if (train.samples.length === 0) throw new LatheError('data', 'there is no rating in the train split: split the data first')
  const items0 = items.size
  const [val, test] = [request.split === 'val' ? null : await of('val'), await of(request.split)]
  if (test.samples.length === 0) throw new LatheError('data', `there is no rating in the ${request.split} split to measure on`)
  const made = (part: Awaited<ReturnType<typeof of>> | null): Split => ({ samples: part?.samples ?? [], data: { users: users.size, items: items0, user: part?.user ?? new Int32Array(), item: part?.item ?? new Int32Array(), rating: part?.rating ?? new Float64Array() } })
  return { train: made(train), val: made(val), test: made(test) }
}
