// Formats: as many digits as are justified, units people use.
import { expect, test } from 'vitest'
import { ago, baseName, bytes, clock, duration, number, percent, percentWithin, plural, short } from './format.ts'

const plain = (text: string): string => text.replaceAll('\u202f', ' ')

test('numbers', () => {
  expect(number(0.012345)).toBe('0.0123')
  expect(number(1234.5)).toBe('1,235')
  expect(number(0)).toBe('0')
  expect(number(0.000012)).toBe('1.20e−5')
  expect(number(-1.5)).toBe('−1.50')
  expect(number(Number.NaN)).toBe('NaN')
  expect(number(Number.NEGATIVE_INFINITY)).toBe('−∞')
  expect(plural(1, 'sample')).toBe('1 sample')
  expect(plural(1797, 'sample')).toBe('1,797 samples')
})
test('shares and their intervals', () => {
  expect(plain(percent(0.978))).toBe('97.8 %')
  expect(plain(percent(Number.NaN))).toBe('–')
  expect(plain(percentWithin(0.978, { low: 0.972, high: 0.984 }))).toBe('97.8 % ± 0.6')
  expect(plain(percentWithin(0.5, { low: 0.3, high: 0.7 }))).toBe('50 % ± 20')
  expect(plain(percentWithin(0.99912, { low: 0.9989, high: 0.9993 }))).toBe('99.91 % ± 0.02')
})
test('durations and clocks', () => {
  expect(plain(duration(0.04))).toBe('40 ms')
  expect(plain(duration(192))).toBe('3 min 12 s')
  expect(plain(duration(59.7))).toBe('1 min')
  expect(plain(duration(7500))).toBe('2 h 05 min')
  expect(duration(Number.NaN)).toBe('–')
  expect(clock(192)).toBe('03:12')
  expect(clock(3727)).toBe('1:02:07')
})
test('sizes and large counts', () => {
  expect(plain(bytes(512))).toBe('512 B')
  expect(plain(bytes(4_100_000))).toBe('4.1 MB')
  expect(plain(bytes(999_950))).toBe('1.0 MB')
  expect(plain(short(12_345_678))).toBe('12.3 M')
  expect(short(9_999)).toBe('9,999')
})
test('times and names', () => {
  const now = Date.UTC(2026, 0, 10, 12)
  expect(ago(now - 5_000, now)).toBe('just now')
  expect(plain(ago(now - 5 * 60_000, now))).toBe('5 min ago')
  expect(ago(now - 30 * 3_600_000, now)).toBe('yesterday')
  expect(baseName('C:\\data\\digits.lathe')).toBe('digits.lathe')
  expect(baseName('/home/a/cats/')).toBe('cats')
})
