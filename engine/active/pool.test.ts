// The pool over kinds of samples: each task's outputs become parts and features, whatever its network.
import { describe, expect, it } from 'vitest'
import type { LoadSample } from '../data/types.ts'
import { network } from '../models/network.ts'
import { sampleById, sampleFor } from '../samples/index.ts'
import { task } from '../tasks/index.ts'
import type { SourceSample } from '../tasks/task.ts'
import { queue } from './pool.ts'

const COUNT = 9

/** A few samples of a built-in set without labels, and a network that has learned nothing. */
async function untrained(sample: string, of: string) {
  const { classes, open } = sampleFor(sample, of)
  const rows: SourceSample[] = []
  for await (const one of open()) {
    if (one.data) rows.push({ id: rows.length + 1, class: one.className === null ? -1 : classes.indexOf(one.className), label: null, bytes: one.data })
    if (rows.length === COUNT) break
  }
  const config = await task(of).recipe({ samples: COUNT, classes, counts: classes.map(() => 2), height: 16, width: 16, channels: 3, read: () => Promise.resolve(rows) }, null)
  const weights = network(config, classes.length).initialWeights(1)
  const bare: LoadSample[] = rows.map(({ id }) => ({ id, class: -1, label: null }))
  return { pool: { config, classes, weights, samples: bare, read: (id: number) => rows[id - 1]?.bytes ?? new Uint8Array() }, known: bare.slice(0, 2) }
}

describe.each([
  ['iris', 'tabular-classification'],
  ['reviews', 'text-classification'],
  ['gestures', 'series-classification'],
  ['commands', 'keyword-spotting'],
  ['entities', 'text-tagging'],
  ['shapes-segmentation', 'segmentation'],
  ['shapes-detection', 'object-detection'],
])('%s', (sample, of) => {
  it('is put in order by what is unsure and by what is unlike', async () => {
    expect(sampleById(sample)).toBeDefined()
    const { pool, known } = await untrained(sample, of)
    const { items, skipped } = await queue(pool, 'margin', known, 5)
    expect(skipped).toEqual([])
    expect(items).toHaveLength(5)
    expect(items.map((item) => item.score)).toEqual(items.map((item) => item.score).toSorted((a, b) => b - a))
    for (const { score, reason } of items) expect([score >= 0 && score <= 1, reason.length > 5]).toEqual([true, true])
    const far = await queue(pool, 'diversity', known, 4)
    expect(far.items[0]!.score).toBeGreaterThan(0)
    // The known ones are in the pool too, and at no distance from themselves.
    expect(far.items.map((item) => item.sample)).not.toContain(1)
  }, 30_000)
})

it('what cannot be read is named, the rest is put in order; a task without probabilities says what to do', async () => {
  const { pool, known } = await untrained('iris', 'tabular-classification')
  const broken = await queue({ ...pool, read: (id) => (id === 3 ? Buffer.from('{') : pool.read(id)) }, 'entropy', known, 100)
  expect(broken.items).toHaveLength(COUNT - 1)
  expect(broken.skipped).toMatchObject([{ path: '3', reason: expect.any(String) as string }])
  const numbers = { ...pool, config: { ...pool.config, task: 'tabular-regression' } }
  await expect(queue(numbers, 'margin', known, 5)).rejects.toThrow('tabular-regression gives no probabilities to be unsure of; order by diversity instead')
})
