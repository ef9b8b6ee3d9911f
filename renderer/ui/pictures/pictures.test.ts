// Shapes on pictures: coordinates under the pointer, drags, brushes, and what labels and outputs become.
import { expect, test } from 'vitest'
import { classId } from '../../../engine/contract/ids.ts'
import { between, dragged, toPicture } from './box-geometry.ts'
import { shapesOfLabel, shapesOfOutput } from './picture-shapes.ts'
import { brushed, labelOf, rasterOf, rgba } from './raster.ts'

test('a point of the page lies on the picture that is shown whole in the middle', () => {
  const frame = { x: 10, y: 20, width: 400, height: 200 }
  expect(toPicture([210, 120], frame, { width: 100, height: 100 })).toEqual([50, 50])
  expect(toPicture([110, 20], frame, { width: 100, height: 100 })).toEqual([0, 0])
  expect(toPicture([10, 120], frame, { width: 800, height: 100 })).toEqual([0, 50])
})

test('boxes are drawn from any corner and stay in the picture, however they are dragged', () => {
  const picture = { width: 100, height: 80 }
  expect(between([30, 40], [-10, 10], picture)).toEqual({ x: 0, y: 10, width: 30, height: 30 })
  const box = { x: 10, y: 10, width: 20, height: 20 }
  expect(dragged(box, {}, [200, -50], picture)).toEqual({ x: 80, y: 0, width: 20, height: 20 })
  expect(dragged(box, { right: true, bottom: true }, [5, 100], picture)).toEqual({ x: 10, y: 10, width: 25, height: 70 })
  // An edge that is pulled over the other one turns the box around.
  expect(dragged(box, { left: true }, [30, 0], picture)).toEqual({ x: 30, y: 10, width: 10, height: 20 })
})

test('a stroke paints the way between two points, and runs come back the same', () => {
  const empty = rasterOf<number>(10, 4, [])
  const painted = brushed(empty, [2, 2], [8, 2], 1, 7)
  expect(empty.pixels.every((kind) => kind === null)).toBe(true)
  expect(painted.pixels.filter((kind) => kind === 7).length).toBeGreaterThanOrEqual(12)
  for (const x of [2, 5, 7]) expect(painted.pixels[1 * 10 + x]).toBe(7)
  expect(painted.pixels[3 * 10 + 5]).toBeNull()
  const label = labelOf(painted)
  expect(label.kind === 'mask' && rasterOf(10, 4, label.runs)).toEqual(painted)
  expect(brushed(painted, [5, 2], [5, 2], 20, null).pixels.every((kind) => kind === null)).toBe(true)
  expect([...rgba(rasterOf(2, 1, [[null, 1], [3, 1]]), () => '#0a141e')]).toEqual([0, 0, 0, 0, 10, 20, 30, 255])
})

test('labels and outputs are drawn by the place of their class; what is no shape is left out', () => {
  const label = shapesOfLabel({ kind: 'boxes', boxes: [{ class: 5, x: 1, y: 2, width: 3, height: 4 }] }, (id) => id - 4, (id) => `class ${id}`)
  expect(label.boxes).toEqual([{ class: 5, x: 1, y: 2, width: 3, height: 4, name: 'class 5', position: 1 }])
  expect(shapesOfLabel(null, () => 0, () => '').boxes).toEqual([])
  const classes = [{ id: classId.parse(9), name: 'cat', position: 2, samples: 1 }]
  expect(shapesOfOutput({ kind: 'boxes', boxes: [{ class: 'cat', x: 1, y: 2, width: 3, height: 4, score: 0.5 }, { class: 'cat', x: 'no' }, 7] }, classes).boxes).toEqual([{ x: 1, y: 2, width: 3, height: 4, name: 'cat', position: 2, score: 0.5 }])
  expect(shapesOfOutput({ kind: 'mask', width: 2, height: 1, runs: [['cat', 1], [null, 1]] }, classes).mask).toEqual({ width: 2, height: 1, runs: [[2, 1], [null, 1]] })
  expect(shapesOfOutput({ kind: 'mask', runs: 'no' }, classes)).toEqual({ boxes: [], mask: null })
})
