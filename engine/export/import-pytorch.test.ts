// Models as PyTorch exports them (test/fixtures/onnx): opened, the same numbers as ORT gives for the file, and trained on.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { modelBytes } from '../compile/bytes.ts'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { verify } from '../graph/verify.ts'
import { mul, reduceSum } from '../ops/build.ts'
import { importModel, type ImportedModel } from './import-model.ts'

const read = (name: string): Uint8Array => readFileSync(path.resolve(import.meta.dirname, '../../test/fixtures/onnx', `${name}.onnx`))
const wave = (shape: readonly number[]): Tensor => tensor('float32', Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(1 + 0.7 * i)), shape)
const words = (shape: readonly number[]): Tensor => tensor('int64', BigInt64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => BigInt((7 * i) % 20)), shape)

/** Name, input, inferred shape of the output, sizes to fix for training (its gradient needs them known). */
const models: readonly (readonly [string, Tensor, readonly (number | string)[], Record<string, number>])[] = [
  ['resnet', wave([2, 3, 16, 16]), ['n', 3], {}],
  ['efficientnet', wave([2, 3, 8, 8]), ['n', 3], {}],
  ['unet', wave([2, 1, 8, 8]), ['n', 2, 'h', 'w'], { h: 8, w: 8 }],
  ['bert', words([2, 5]), ['n', 3], {}],
  ['recurrent', wave([2, 6, 4]), ['n', 3], {}],
]

async function loss({ graph, trainable }: ImportedModel, parameters: ReadonlyMap<string, Float32Array>, x: Tensor): Promise<{ value: number; gradients: Map<string, Float32Array> }> {
  const y = graph.outputs.get('y')
  if (!y) throw new Error('no output y')
  const wrt = graph.parameters.filter((p) => trainable.has(p.name))
  const sum = reduceSum(mul(y, y))
  graph.outputs.clear()
  graph.output('loss', sum)
  gradients(sum, wrt).forEach((g, i) => {
    graph.output(`d ${String(wrt[i]?.name)}`, g)
  })
  await using program = await Program.create(graph, { parameters })
  const out = await program.run({ x })
  return { value: Number(out['loss']?.data[0]), gradients: new Map(wrt.map((p) => [p.name, out[`d ${p.name}`]?.data as Float32Array])) }
}

describe.each(models)('%s', (name, x, shape, sizes) => {
  it('gives the numbers of the file', async () => {
    const bytes = read(name)
    const model = importModel(bytes, { name })
    verify(model.graph)
    expect(model.graph.outputs.get('y')?.shape).toEqual(shape)
    // Unoptimised: ORT fuses other nodes where shape arithmetic has become constants.
    await using file = await Program.load(name, bytes, { optimize: false })
    await using again = await Program.load(name, modelBytes(model.graph, { parameters: model.parameters, opset: model.exportOpset }), { optimize: false })
    const [want, found] = [await file.run({ x }), await again.run({ x })]
    expect(found['y']?.shape).toEqual(want['y']?.shape)
    expect(found['y']?.data).toEqual(want['y']?.data)
  })

  it('learns: a step against the gradient of every weight lowers the loss', async () => {
    const open = (): ImportedModel => importModel(read(name), { sizes })
    const model = open()
    expect(model.trainable.size).toBeGreaterThan(5)
    const first = await loss(model, model.parameters, x)
    const norm = [...first.gradients.values()].reduce((s, g) => s + g.reduce((a, v) => a + v * v, 0), 0)
    expect(norm).toBeGreaterThan(0)
    // First order: the loss falls by half of a percent of itself, if the gradient is right.
    const rate = (0.005 * first.value) / norm
    const moved = new Map([...model.parameters].map(([p, w]) => [p, w.map((v, i) => v - rate * (first.gradients.get(p)?.[i] ?? 0))]))
    const second = await loss(open(), moved, x)
    expect(second.value / first.value).toBeGreaterThan(0.99)
    expect(second.value / first.value).toBeLessThan(0.9975)
  })
})
