// Tests of drawing series.
import { expect, test } from 'vitest'
import { parseSeries, seriesPaths } from './series-paths.ts'

test('one path a channel, all on one scale, inside the margin', () => {
  const paths = seriesPaths('{"channels":["x","y"],"values":[[0,10],[5,5]]}', 24, 14)
  expect(paths.map(({ name, path }) => [name, path])).toEqual([['x', 'M2.0 12.0L22.0 2.0'], ['y', 'M2.0 7.0L22.0 7.0']])
})

test('what is no series draws nothing', () => {
  for (const text of ['', '[]', '{"values":3}', '{"channels":["x"],"values":[3]}']) {
    expect(parseSeries(text)).toBeNull()
    expect(seriesPaths(text, 10, 10)).toEqual([])
  }
})
