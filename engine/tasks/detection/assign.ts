// Assignment: which cells of the grid should find which box.
import type { ClassBox } from '../../data/mix.ts'
import { centreOf, STRIDE, type Grid } from './grid.ts'

/** Cells this many strides around a box's middle answer for it. */
const RADIUS = 1.5

/**
 * Cells whose middle is in a box and near the box's own; the smaller of two boxes takes a cell. A box that catches none gets
 * the cell under its middle. Tian et al., "FCOS", ICCV 2019, https://arxiv.org/abs/1904.01355, with centre sampling.
 * @param cells [cells]: 1 + class, 0 for none. @param corners [cells, 4]: x1, y1, x2, y2 in pixels.
 */
export function assignBoxes(boxes: readonly ClassBox[], grid: Grid, cells: Int32Array, corners: Float32Array): void {
  cells.fill(0)
  corners.fill(0)
  const areas = new Float64Array(grid.cells).fill(Infinity)
  const give = (cell: number, { class: kind, x, y, width, height }: ClassBox): void => {
    if (width * height >= (areas[cell] ?? 0)) return
    areas[cell] = width * height
    cells[cell] = kind + 1
    corners.set([x, y, x + width, y + height], cell * 4)
  }
  for (const box of boxes) {
    const [cx, cy] = [box.x + box.width / 2, box.y + box.height / 2]
    const reach = RADIUS * STRIDE
    const near = cellsWithin(grid, cx - reach, cy - reach, cx + reach, cy + reach).filter((cell) => {
      const [px, py] = centreOf(cell, grid)
      return px > box.x && px < box.x + box.width && py > box.y && py < box.y + box.height
    })
    for (const cell of near.length > 0 ? near : [cellAt(grid, cx, cy)]) give(cell, box)
  }
}

const clamp = (v: number, most: number): number => Math.max(0, Math.min(most, v))

function cellAt({ rows, columns }: Grid, x: number, y: number): number {
  return clamp(Math.floor(y / STRIDE), rows - 1) * columns + clamp(Math.floor(x / STRIDE), columns - 1)
}

/** Cells whose middle is in the rectangle. */
function cellsWithin({ rows, columns }: Grid, left: number, top: number, right: number, bottom: number): number[] {
  const found: number[] = []
  for (let y = Math.max(0, Math.ceil(top / STRIDE - 0.5)); y <= Math.min(rows - 1, Math.floor(bottom / STRIDE - 0.5)); y++) {
    for (let x = Math.max(0, Math.ceil(left / STRIDE - 0.5)); x <= Math.min(columns - 1, Math.floor(right / STRIDE - 0.5)); x++) found.push(y * columns + x)
  }
  return found
}

/** The boxes that the targets of one picture hold, each once. */
export function boxesOf(cells: Int32Array, corners: Float32Array): ClassBox[] {
  const found = new Map<string, ClassBox>()
  cells.forEach((kind, cell) => {
    if (kind === 0) return
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.subarray(cell * 4, cell * 4 + 4)
    found.set([kind, x1, y1, x2, y2].join(), { class: kind - 1, x: x1, y: y1, width: x2 - x1, height: y2 - y1 })
  })
  return [...found.values()]
}
