// Import source: outline of what was chosen, shares that add up.
import { expect, test } from 'vitest'
import { outline, ratioProblem } from './import-source.ts'

const file = (relative: string, size: number): { relative: string; file: File } => ({ relative, file: new File([new Uint8Array(size)], relative) })

test('kinds, folders and bytes', () => {
  const found = outline([file('10/a.png', 5), file('2/b.PNG', 5), file('2/.hidden', 1), file('notes.txt', 2)])
  expect(found.bytes).toBe(13)
  expect(found.kinds).toBe('2 png, 1 without ending, 1 txt')
  expect(found.folders).toEqual(['2', '10'])
})
test('shares add up to 100 and train has some', () => {
  expect(ratioProblem([80, 10, 10])).toBeNull()
  expect(ratioProblem([33.3, 33.3, 33.4])).toBeNull()
  expect(ratioProblem([80, 10, 5])).toContain('95')
  expect(ratioProblem([0, 50, 50])).toContain('Training')
  expect(ratioProblem([110, -10, 0])).toContain('0 or more')
})
