// Previews of built-in data sets: every one has one, of its own samples.
import { describe, expect, test } from 'vitest'
import { samples } from './index.ts'
import { mostTelling } from './preview-points.ts'
import { ratingCells } from './preview-ratings.ts'
import { previewOf } from './preview.ts'

describe('previewOf', () => {
  test.each(Object.keys(samples))('%s shows something, and says what', async (id) => {
    const { items, says } = await previewOf(id)
    expect(items.length).toBeGreaterThan(0)
    expect(says.length).toBeGreaterThan(15)
    for (const item of items) {
      const values = item.kind === 'texts' || item.kind === 'words' ? [] : item.kind === 'points' ? [...item.x, ...item.y] : [...item.data]
      // Something is drawn: neither one colour nor a flat line.
      if (values.length > 0) expect(new Set(values.filter(Number.isFinite)).size, id).toBeGreaterThan(3)
      if (item.kind === 'pixels') expect(item.data).toHaveLength(item.height * item.width * item.channels)
    }
  })

  test('digits: eight pictures of eight classes; shapes with their labels; a translation with its answer', async () => {
    const digits = await previewOf('digits')
    expect(digits.says).toBe('8 of its pictures: 0, 1, 2, 3, 4, 5, 6, 7')
    expect(digits.items).toHaveLength(8)
    const [boxes] = (await previewOf('shapes-detection')).items
    expect(boxes).toMatchObject({ kind: 'pixels', width: 128, label: { kind: 'boxes' } })
    const [text] = (await previewOf('numbers')).items
    expect(text).toMatchObject({ kind: 'texts', texts: ['three hundred and twenty-five'], answer: 'trois cent vingt-cinq' })
    const [spans] = (await previewOf('entities')).items
    expect(spans?.kind === 'texts' && spans.spans.length).toBeGreaterThan(0)
  })

  test('an unknown one is named', async () => {
    await expect(previewOf('nothing')).rejects.toThrow("no built-in sample 'nothing'")
  })
})

test('the two columns that tell the classes apart best, whatever their scale', () => {
  const rows = [[0, 100, 5], [1, 300, 5.1], [0.1, 900, 9], [0.9, 500, 9.1]].map(([a, b, c]) => ({ noise: a, less: b, most: c, name: 'x' }))
  expect(mostTelling(rows, [0, 0, 1, 1]).map(({ name }) => name)).toEqual(['most', 'less'])
  expect(() => mostTelling([{ a: 1, b: 'x' }], [0])).toThrow('at least two columns of numbers, found 1')
})

test('stars by person and by the items that were rated most', () => {
  const given = [['a', 'x', 5], ['a', 'y', 1], ['b', 'y', 2], ['b', 'z', 3], ['c', 'z', 4]].map(([user, item, stars]) => ({ user: String(user), item: String(item), stars: Number(stars) }))
  expect([...ratingCells(given, { height: 2, width: 2 })]).toEqual([1, 5, 2, Number.NaN])
})
