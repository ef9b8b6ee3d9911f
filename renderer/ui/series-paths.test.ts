// Tests of drawing series.
import { expect, test } from 'vitest'
import { inLanes, linePaths, parseSeries, seriesPaths } from './series-paths.ts'

test('one path a channel, all on one scale, inside the margin', () => {
  const paths = seriesPaths('{"channels":["x","y"],"values":[[0,10],[5,5]]}', 24, 14)
  expect(paths.map(({ name, path }) => [name, path])).toEqual([['x', 'M2.0 12.0L22.0 2.0'], ['y', 'M2.0 7.0L22.0 7.0']])
})

test('channels that are too far apart have lanes of their own, the first on top', () => {
  const [low, high] = seriesPaths('{"channels":["vibration","temperature"],"values":[[0,1],[60,61]]}', 24, 28)
  expect([low?.path, high?.path]).toEqual(['M2.0 12.0L22.0 2.0', 'M2.0 26.0L22.0 16.0'])
  expect([high?.low, high?.high]).toEqual([60, 61])
  expect([inLanes([[0, 1], [60, 61]]), inLanes([[0, 1], [1.5, 2.5]]), inLanes([[0, 1]])]).toEqual([true, false, false])
})

test('what is no series draws nothing', () => {
  for (const text of ['', '[]', '{"values":3}', '{"channels":["x"],"values":[3]}']) {
    expect(parseSeries(text)).toBeNull()
    expect(seriesPaths(text, 10, 10)).toEqual([])
  }
})

test('long lines are thinned to what the pixels can show', () => {
  expect(linePaths(Float32Array.of(0, 1, 1, 0), 2, 24, 14)).toEqual(['M2.0 12.0L22.0 2.0', 'M2.0 2.0L22.0 12.0'])
  expect(linePaths(new Float32Array(16_000), 1, 100, 50)[0]?.match(/[ML]/g)?.length).toBe(200)
})
