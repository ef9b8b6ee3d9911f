// Tests of turning an option schema into fields.
import { expect, test } from 'vitest'
import { z } from 'zod'
import { optionDefaults, optionFields, optionLabel, optionProblem, parseList } from './option-fields.ts'

const schema = z.toJSONSchema(z.strictObject({
  filters: z.array(z.int().min(1).max(1024)).min(1).max(6).default([32, 64]),
  kernel: z.union([z.literal(3), z.literal(5)]).default(3),
  activation: z.enum(['relu', 'elu']).default('relu'),
  dense: z.int().min(0).max(8192).default(128).describe('Units'),
  slope: z.number().min(0).default(0.1),
  residual: z.boolean().default(false),
  floor: z.number().min(0).max(1).nullable().default(null),
  nested: z.object({ a: z.string() }).optional(),
}), { io: 'input' })

test('each property becomes a field of its kind', () => {
  expect(optionFields(schema)).toEqual([
    { name: 'filters', label: 'Filters', kind: 'list', min: 1, max: 1024, minItems: 1, maxItems: 6 },
    { name: 'kernel', label: 'Kernel', kind: 'choice', choices: [3, 5] },
    { name: 'activation', label: 'Activation', kind: 'choice', choices: ['relu', 'elu'] },
    { name: 'dense', label: 'Dense', hint: 'Units', kind: 'integer', min: 0, max: 8192, optional: false },
    { name: 'slope', label: 'Slope', kind: 'number', min: 0, max: null, optional: false },
    { name: 'residual', label: 'Residual', kind: 'flag' },
    { name: 'floor', label: 'Floor', kind: 'number', min: 0, max: 1, optional: true },
  ])
  expect(optionFields(undefined)).toEqual([])
  expect(optionDefaults(schema)).toMatchObject({ filters: [32, 64], slope: 0.1, floor: null, nested: undefined })
  expect(optionLabel('kernelSize')).toBe('Kernel size')
})

test('what does not fit is said at the field', () => {
  const [filters, kernel, , dense, slope, , floor] = optionFields(schema)
  if (!filters || !kernel || !dense || !slope || !floor) throw new Error('fields are missing')
  expect(optionProblem(filters, [32, 64])).toBeNull()
  expect(optionProblem(filters, [])).toBe('1 to 6 numbers')
  expect(optionProblem(filters, [0])).toBe('each 1 to 1,024')
  expect(optionProblem(filters, null)).toContain('whole numbers')
  expect(optionProblem(kernel, 4)).toBe('one of 3, 5')
  expect(optionProblem(dense, 1.5)).toBe('must be a whole number')
  expect(optionProblem(dense, -1)).toBe('0 to 8,192')
  expect(optionProblem(slope, NaN)).toBe('must be a number')
  expect(optionProblem(slope, 3)).toBeNull()
  expect(optionProblem(slope, null)).toBe('must be a number')
  expect(optionProblem(floor, null)).toBeNull()
  expect(optionProblem(floor, 2)).toBe('0 to 1')
})

test('lists are read with commas or spaces', () => {
  expect(parseList('32, 64')).toEqual([32, 64])
  expect(parseList('32 64;128')).toEqual([32, 64, 128])
  expect(parseList('32, x')).toBeNull()
  expect(parseList('')).toEqual([])
})
