// Splits: exact counts, stratification, determinism, the leak audit.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactLeaks, normaliseRatio, splitByGroup, splitByTime, splitRandom, splitStratified } from './split.ts'

const count = (splits: readonly string[], which: string): number => splits.filter((s) => s === which).length

describe('splits', () => {
  test('100 by 70/15/15 is 70, 15, 15', () => {
    const splits = splitRandom(100, [70, 15, 15], 1)
    expect([count(splits, 'train'), count(splits, 'val'), count(splits, 'test')]).toEqual([70, 15, 15])
  })
  test('same seed, same split; another seed, another', () => {
    expect(splitRandom(50, [0.7, 0.15, 0.15], 3)).toEqual(splitRandom(50, [70, 15, 15], 3))
    expect(splitRandom(50, [70, 15, 15], 3)).not.toEqual(splitRandom(50, [70, 15, 15], 4))
  })
  test('every class is divided to within one of its share, whatever the labels', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }), fc.tuple(fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 }), fc.integer({ min: 1, max: 10 })), (labels, ratio) => {
        const splits = splitStratified(labels, ratio, 7)
        const shares = normaliseRatio(ratio)
        expect(splits.length).toBe(labels.length)
        for (const c of new Set(labels)) {
          const own = splits.filter((_, i) => labels[i] === c)
          if (own.length === 1) continue
          ;(['train', 'val', 'test'] as const).forEach((name, k) => {
            expect(Math.abs(count(own, name) - shares[k]! * own.length)).toBeLessThan(1)
          })
        }
      }),
      { seed: 1 },
    )
  })
  test('a class with one sample goes to train', () => {
    expect(splitStratified(['a', 'b', null], [70, 15, 15], 1)).toEqual(['train', 'train', 'train'])
    expect(splitStratified(['a'], [34, 33, 33], 9)).toEqual(['train'])
  })
  test('30 by 0.7 is 21, not 20 by rounding', () => {
    expect(count(splitRandom(30, [0.7, 0.2, 0.1], 1), 'train')).toBe(21)
  })
  test('impossible shares are refused', () => {
    expect(() => splitRandom(3, [0, 0, 0], 1)).toThrow('three shares')
    expect(() => splitRandom(3, [1, -1, 1], 1)).toThrow('three shares')
    expect(() => splitRandom(3, [NaN, 1, 1], 1)).toThrow('three shares')
  })
})

test('exactLeaks counts samples whose content stands in another split', () => {
  expect(
    exactLeaks([
      { sha256: 'a', split: 'train' },
      { sha256: 'a', split: 'test' },
      { sha256: 'b', split: 'train' },
      { sha256: 'b', split: 'train' },
      { sha256: 'c', split: 'val' },
      { sha256: 'c', split: null },
    ]),
  ).toBe(2)
})

test('samples of a group stay together, and the shares are about kept', () => {
  const groups = Array.from({ length: 300 }, (_, i) => (i % 10 === 0 ? null : `speaker ${i % 23}`))
  const splits = splitByGroup(groups, [70, 15, 15], 3)
  const of = new Map<string, Set<string>>()
  groups.forEach((group, i) => { if (group !== null) of.set(group, (of.get(group) ?? new Set()).add(splits[i]!)) })
  expect([...of.values()].every((one) => one.size === 1)).toBe(true)
  for (const [split, share] of [['train', 0.7], ['val', 0.15], ['test', 0.15]] as const) expect(Math.abs(splits.filter((s) => s === split).length / 300 - share)).toBeLessThan(0.06)
  expect(splitByGroup(groups, [70, 15, 15], 3)).toEqual(splits)
  expect(splitByGroup(groups, [70, 15, 15], 4)).not.toEqual(splits)
})

test('in order of time the last are test, whatever order they came in', () => {
  expect(splitByTime([2003, 2001, 2010, 2002], [50, 25, 25])).toEqual(['val', 'train', 'test', 'train'])
  expect(splitByTime(['2001-02', '2001-01', '2001-10'], [34, 33, 33])).toEqual(['val', 'train', 'test'])
})
