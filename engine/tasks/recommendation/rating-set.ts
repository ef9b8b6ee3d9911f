// RatingSet: who took what in memory, with what each user had seen before, so that rankings leave it out.
import { inputOf } from '../../contract/inputs/of.ts'
import { LatheError } from '../../contract/errors.ts'
import { DecodeError } from '../../data/decode-error.ts'
import { Random } from '../../data/random.ts'
import { parseRating, type Rating } from '../../data/table/rating.ts'
import { Codes } from '../../data/table/encode.ts'
import type { DataSet, LoadSample, TensorSpec } from '../../data/types.ts'
import type { LoadRequest } from '../task.ts'

/** Share of training rows whose user is hidden, so that code 0 learns what holds for anybody. */
const HIDDEN = 0.02

export interface RatingTruth {
  /** NaN where it was only chosen. */
  readonly rating: number
  readonly user: number
  readonly item: number
}

export const ratingFeatures: Readonly<Record<string, TensorSpec>> = { user: { dtype: 'int64', shape: [] }, item: { dtype: 'int64', shape: [] } }
/** `seen` is 1 for items that take no part in this row's ranking; `other` an item that the user did not take; `rated` 0 where there are no stars. */
export const ratingTargets = (items: number): Readonly<Record<string, TensorSpec>> => ({
  stars: { dtype: 'float32', shape: [] },
  rated: { dtype: 'float32', shape: [] },
  seen: { dtype: 'uint8', shape: [items] },
  other: { dtype: 'int64', shape: [] },
})

/** @throws LatheError `data` naming the sample that is no rating. */
export function readRating(bytes: Uint8Array, id: number): Rating {
  try {
    return parseRating(bytes)
  } catch (error) {
    throw new LatheError('data', `sample ${id} cannot be read: ${error instanceof DecodeError ? error.reason : String(error)}`, { sample: id }, { cause: error })
  }
}

interface Taken {
  readonly user: Int32Array
  readonly item: Int32Array
}

/** What is in the way of a rank: in training and validation all that a user took in these splits, for the test all before it. */
export async function ratingSet(request: LoadRequest): Promise<DataSet> {
  const { samples, others, config, purpose } = request
  const input = inputOf('rating', config)
  const codes = { users: new Codes(input.users), items: new Codes(input.items) }
  const read = async (list: readonly LoadSample[]): Promise<Taken> => {
    const ratings: Rating[] = []
    for (const { id } of list) {
      request.signal?.throwIfAborted()
      ratings.push(readRating(await request.read(id), id))
    }
    return { user: Int32Array.from(ratings, (r) => codes.users.of(r.user)), item: Int32Array.from(ratings, (r) => codes.items.of(r.item)) }
  }
  const own = await read(samples)
  // A validated item must not be told what the test holds.
  const late = new Set(samples.some((s) => s.split === 'val') ? ['test'] : [])
  const seen = seenItems(input.users.length, purpose === 'train' ? [own] : [own, await read(others.filter((s) => s.split === null || s.split === undefined || !late.has(s.split)))])
  return setOf(samples, own, seen, input.items.length, purpose === 'train')
}

/** Items (from 0) of each user code; of code 0 nothing is known. */
function seenItems(users: number, parts: readonly Taken[]): Set<number>[] {
  const seen = Array.from({ length: users + 1 }, () => new Set<number>())
  for (const { user, item } of parts) for (let i = 0; i < user.length; i++) if ((user[i] ?? 0) > 0 && (item[i] ?? 0) > 0) seen[user[i] ?? 0]?.add((item[i] ?? 0) - 1)
  return seen
}

function setOf(samples: readonly LoadSample[], { user, item }: Taken, seen: readonly Set<number>[], items: number, training: boolean): DataSet {
  const ratings = Float64Array.from(samples, ({ label }) => (label?.kind === 'number' ? label.value : NaN))
  const none = new Set<number>()
  return {
    count: samples.length,
    ids: Int32Array.from(samples, (s) => s.id),
    labels: new Int32Array(samples.length),
    tensors: { ...ratingFeatures, ...ratingTargets(items) },
    fill: (rows, out, random) => {
      const { user: users, item: own, stars, rated, seen: mask, other } = out
      if (mask instanceof Uint8Array) mask.fill(0, 0, rows.length * items)
      for (let i = 0; i < rows.length; i++) {
        const row = rows[i] ?? 0
        const [u, v] = [user[row] ?? 0, item[row] ?? 0]
        const known = seen[u] ?? none
        // The same row always meets the same other item outside training, so that losses compare.
        const draw = random?.(row) ?? new Random(0, 'sample', row)
        if (users instanceof BigInt64Array) users[i] = BigInt(training && draw.uniform() < HIDDEN ? 0 : u)
        if (own instanceof BigInt64Array) own[i] = BigInt(v)
        const value = ratings[row] ?? NaN
        if (stars instanceof Float32Array) stars[i] = Number.isFinite(value) ? value : 0
        if (rated instanceof Float32Array) rated[i] = Number.isFinite(value) ? 1 : 0
        if (mask instanceof Uint8Array) for (const s of known) if (s !== v - 1) mask[i * items + s] = 1
        if (other instanceof BigInt64Array) other[i] = BigInt(1 + unseen(known, items, draw))
      }
    },
    truth: (row): RatingTruth => ({ rating: ratings[row] ?? NaN, user: user[row] ?? 0, item: item[row] ?? 0 }),
  }
}

/** An item that the user did not take, drawn uniformly; any where they took nearly all. */
function unseen(known: ReadonlySet<number>, items: number, draw: Random): number {
  for (let i = 0; i < 50; i++) {
    const item = draw.int(items)
    if (!known.has(item)) return item
  }
  return draw.int(items)
}

export function ratingTruth(set: DataSet, row: number): RatingTruth {
  const truth = set.truth(row)
  if (typeof truth !== 'object' || truth === null || !('rating' in truth)) throw new LatheError('internal', 'a rating set without ratings')
  return truth as RatingTruth
}
