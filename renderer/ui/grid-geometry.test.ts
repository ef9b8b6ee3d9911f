// Grid geometry: columns that fit and cells under a lasso.
import { expect, test } from 'vitest'
import { boxOf, cellsIn, columnsIn } from './grid-geometry.ts'

const shape = { columns: 4, cellWidth: 10, cellHeight: 20, total: 10 }
test('at least one column', () => {
  expect(columnsIn(45, 10)).toBe(4)
  expect(columnsIn(3, 10)).toBe(1)
})
test('a lasso in any direction takes the cells it touches', () => {
  expect(cellsIn(boxOf({ x: 5, y: 5 }, { x: 15, y: 25 }), shape)).toEqual([0, 1, 4, 5])
  expect(cellsIn(boxOf({ x: 15, y: 25 }, { x: 5, y: 5 }), shape)).toEqual([0, 1, 4, 5])
})
test('outside there is nothing, and the last row ends where the samples end', () => {
  expect(cellsIn({ x: 0, y: 40, width: 100, height: 500 }, shape)).toEqual([8, 9])
  expect(cellsIn({ x: 0, y: 200, width: 10, height: 10 }, shape)).toEqual([])
  expect(cellsIn({ x: -20, y: -20, width: 25, height: 25 }, shape)).toEqual([0])
})
