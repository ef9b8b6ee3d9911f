// Geometry of a grid of equal cells: columns that fit, cells under a lasso.

export interface GridShape {
  readonly columns: number
  readonly cellWidth: number
  readonly cellHeight: number
  readonly total: number
}
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const columnsIn = (width: number, cellWidth: number): number => Math.max(1, Math.floor(width / cellWidth))

/** Between two corners, in any direction. */
export const boxOf = (a: { readonly x: number; readonly y: number }, b: { readonly x: number; readonly y: number }): Box => ({ x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) })

/** Indexes of the cells that `box` (in content coordinates) touches, in order. */
export function cellsIn(box: Box, { columns, cellWidth, cellHeight, total }: GridShape): number[] {
  const firstColumn = Math.max(0, Math.floor(box.x / cellWidth))
  const lastColumn = Math.min(columns - 1, Math.floor((box.x + box.width) / cellWidth))
  const firstRow = Math.max(0, Math.floor(box.y / cellHeight))
  const lastRow = Math.min(Math.ceil(total / columns) - 1, Math.floor((box.y + box.height) / cellHeight))
  const indexes: number[] = []
  for (let row = firstRow; row <= lastRow; row++) {
    for (let column = firstColumn; column <= lastColumn; column++) {
      const index = row * columns + column
      if (index < total) indexes.push(index)
    }
  }
  return indexes
}
