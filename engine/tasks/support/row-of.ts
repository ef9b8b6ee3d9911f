// rowOf(): the outputs of one row, copied out of those of all.
import type { TensorData } from '../../data/types.ts'
import type { RawOutputs } from '../task.ts'

export function rowOf(outputs: RawOutputs, row: number): Record<string, TensorData> {
  return Object.fromEntries(Object.entries(outputs).map(([name, { shape, data }]) => {
    const size = shape.reduce((a, b) => a * b, 1)
    return [name, data.slice(row * size, (row + 1) * size)]
  }))
}
