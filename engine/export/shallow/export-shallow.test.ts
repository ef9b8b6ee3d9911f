// Every shallow model as a file: ONNX Runtime gives what the app gives, at any batch.
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../data/random.ts'
import type { Target } from '../../shallow/fitted.ts'
import { shallowModels } from '../../shallow/index.ts'
import type { ShallowDef } from '../../shallow/model.ts'
import { matrix } from '../../shallow/matrix.ts'
import { exportShallow } from './export-shallow.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lathe-shallow-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const random = new Random(5, 'sample')
const rows = matrix(Array.from({ length: 120 }, () => [random.int(5), 100 + 30 * random.normal(), random.uniform(), 7]))
const score = (i: number): number => rows.data[i * 4]! + rows.data[i * 4 + 1]! / 30 + random.normal()
const numbers = Float64Array.from({ length: 120 }, (_, i) => score(i) * 50)
const classes = (n: number): Target => ({ kind: 'classes', classes: n, labels: Int32Array.from(numbers, (v) => Math.min(n - 1, Math.max(0, Math.floor((v / 50 - 3) / (4 / n))))) })

const cases = Object.entries<ShallowDef>(shallowModels).flatMap(([name, model]) => [
  ...(model.targets.includes('classes') ? [{ name, model, target: classes(2), kind: 'classes 2' }, { name, model, target: classes(3), kind: 'classes 3' }] : []),
  ...(model.targets.includes('numbers') ? [{ name, model, target: { kind: 'numbers', values: numbers } satisfies Target, kind: 'numbers' }] : []),
])

test.each(cases)('$name, $kind', async ({ name, model, target }) => {
  const fitted = model.fit(rows, target, model.settings[0] ?? {}, { seed: 1 })
  const out = path.join(folder, `${name}.onnx`)
  const result = await exportShallow({ name, fitted, outputs: target.kind, metadata: { model: name }, version: '0', out, rows })
  expect(result.parity.maxAbsDiff).toBeLessThanOrEqual(1e-5)
  expect(result.parity.samples).toBe(120)
  expect((await stat(out)).size).toBe(result.bytes)
})

test('a file that would not fit is not written', async () => {
  const fitted = shallowModels['logistic-regression'].fit(rows, classes(2), {}, { seed: 1 })
  await expect(exportShallow({ name: 'x', fitted, outputs: 'classes', metadata: {}, version: '0', out: path.join(folder, 'x.bin'), rows })).rejects.toThrow('ends in .onnx')
  await expect(exportShallow({ name: 'x', fitted, outputs: 'classes', metadata: {}, version: '0', out: path.join(folder, 'no', 'x.onnx'), rows })).rejects.toThrow('folder does not exist')
})
