// The registry of layers: every file is in it, with a test and with values from PyTorch, and bad specs are refused.
import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { layerFixtures } from '../../test/support/check-layer.ts'
import { layer, layers } from './index.ts'

const files = readdirSync(import.meta.dirname)
  .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts') && !['index.ts', 'layer.ts', 'shapes.ts'].includes(f))
  .map((f) => f.slice(0, -3))

test('every file of the room is in the registry', () => {
  expect(files.toSorted()).toEqual(Object.keys(layers).toSorted())
})

test.each(files)('%s has a test that holds it to PyTorch', (name) => {
  const own = name.endsWith('dropout') ? 'dropout' : name
  expect(existsSync(`${import.meta.dirname}/${own}.test.ts`)).toBe(true)
  for (const { spec } of layerFixtures(name)) expect(spec.type).toBe(name)
})

test('layers say what they are', () => {
  const titles = Object.values(layers).map((l) => l.title)
  expect(new Set(titles).size).toBe(titles.length)
  for (const { title, description } of Object.values(layers)) expect(`${title}: ${description}`).toMatch(/^[A-Z]\w+: \S.{8,}$/)
})

test('what there is not, and what a layer does not know, is refused by name', () => {
  expect(() => layer({ type: 'magic' })).toThrow(/no layer 'magic'; there are dense/)
  expect(() => layer({ type: 'relu', slope: 3 } as { type: string })).toThrow(/layer relu: .*slope/)
})
