// Grid: where the detector answers: one cell every few pixels of the model's input.
import type { ImageInput } from '../../contract/recipe.ts'

/** Pixels from cell to cell. */
export const STRIDE = 4

export interface Grid {
  readonly rows: number
  readonly columns: number
  readonly cells: number
}

export function gridOf({ height, width }: Pick<ImageInput, 'height' | 'width'>): Grid {
  const [rows, columns] = [Math.floor(height / STRIDE), Math.floor(width / STRIDE)]
  return { rows, columns, cells: rows * columns }
}

/** Middle of a cell in pixels. */
export function centreOf(cell: number, { columns }: Grid): readonly [x: number, y: number] {
  return [((cell % columns) + 0.5) * STRIDE, (Math.floor(cell / columns) + 0.5) * STRIDE]
}
