// Figure of a map over a series: strips of the map's colours, the curve over its own strip, one strip where there are no curves.
import { expect, test } from 'vitest'
import { scaleOf } from './colour.ts'
import { GAP } from './figure.ts'
import { mapFigure } from './map-figure.ts'

const at = (f: ReturnType<typeof mapFigure>, x: number, y: number): number[] => [...f.data.subarray(((GAP + y) * f.width + GAP + x) * 4, ((GAP + y) * f.width + GAP + x) * 4 + 3)]

test('a spectrogram is grey where nothing counts, coloured where much does, low bands at the bottom', () => {
  const map = Float32Array.of(0, 0, 4, 0)
  const figure = mapFigure({ map, height: 2, width: 2, signed: true, backdrop: [10, 20, 30, 40] })
  expect(at(figure, 10, 100)).toEqual([10, 10, 10])
  expect(at(figure, 400, 100)).toEqual([20, 20, 20])
  expect(at(figure, 400, 10)).toEqual([40, 40, 40])
  expect(at(figure, 10, 10)).toEqual(scaleOf(map, true).colour(4))
})

test('each row of the map is a strip in its colours, with its curve over it', () => {
  const map = Float32Array.of(0, 1, 2, -2, 0, 1)
  const plain = mapFigure({ map, height: 2, width: 3, signed: true })
  const scale = scaleOf(map, true)
  expect(at(plain, 0, 0)).toEqual(scale.colour(0))
  expect(at(plain, 500, 10)).toEqual(scale.colour(2))
  expect(at(plain, 10, 70)).toEqual(scale.colour(-2))
  const drawn = mapFigure({ map, height: 2, width: 3, signed: true }, [[0, 0, 0], [0, 1, 2]])
  // A flat curve stands in the middle of its strip, a rising one begins low and ends high.
  expect(at(drawn, 100, 32)).toEqual([24, 24, 24])
  expect(at(drawn, 0, 64 + 60)).toEqual([24, 24, 24])
  expect(at(drawn, 512, 64 + 3)).toEqual([24, 24, 24])
  expect(at(drawn, 300, 5)).toEqual(at(plain, 300, 5))
})
