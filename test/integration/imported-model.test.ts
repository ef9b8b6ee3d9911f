// Any ONNX file through the command line: opened, fine-tuned with a part frozen, evaluated, explained, exported; the project needs the file no more.
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { modelBytes } from '../../engine/compile/bytes.ts'
import { Program } from '../../engine/compile/program.ts'
import { Graph } from '../../engine/graph/graph.ts'
import { conv, gemm, maxPool, reduceMean, tanh } from '../../engine/ops/build.ts'
import { runCli } from '../../main/cli/program.ts'
import { engineHere } from '../support/engine-here.ts'
import { tempFolder } from '../support/project.ts'

/** The command's exit code and what it printed as JSON. */
async function lathe(...args: string[]): Promise<{ readonly code: number; readonly lines: readonly Record<string, unknown>[] }> {
  const lines: string[] = []
  const streams = [process.stdout, process.stderr]
  const spies = streams.map((stream) => vi.spyOn(stream, 'write').mockImplementation((text) => (lines.push(String(text)), true)))
  try {
    const code = await runCli([...args, '--json'], engineHere)
    return { code, lines: lines.join('').split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>) }
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
}

test('a model of PyTorch is fine-tuned, explained and exported', async () => {
  const folder = tempFolder()
  const [file, model, out] = ['p.lathe', 'backbone.onnx', 'out.onnx'].map((name) => path.join(folder, name)) as [string, string, string]
  await copyFile(path.resolve(import.meta.dirname, '../fixtures/onnx/resnet.onnx'), model)
  expect((await lathe('sample', 'digits', file)).code).toBe(0)
  const first = await lathe('train', file, '--model', model, '--epochs', '1', '--set', 'freeze=^fc', '--set', 'augment=null')
  expect(first.code).toBe(0)
  expect(first.lines.at(-1)).toMatchObject({ event: 'done', status: 'finished' })
  // The bytes are in the project: the same run again, from its own recipe, without the file.
  await rm(model)
  const again = await lathe('train', file, '--from', '1', '--epochs', '1')
  expect(again.lines.at(-1)).toMatchObject({ event: 'done', status: 'finished' })
  const thawing = await lathe('train', file, '--from', '1', '--epochs', '2', '--set', 'freeze=^file\\.', '--set', 'unfreeze=[1]')
  expect(thawing.lines.at(-1)).toMatchObject({ event: 'done', status: 'finished', epochs: 2 })
  const nothing = await lathe('train', file, '--from', '1', '--set', 'freeze=.*')
  expect([nothing.code, JSON.stringify(nothing.lines)]).toEqual([2, expect.stringContaining('leaves nothing to train')])
  expect((await lathe('eval', file, '--run', '1')).code).toBe(0)
  expect((await lathe('explain', file, '--run', '1', '--sample', '12', '--method', 'grad-cam', '--out', path.join(folder, 'why.png'))).code).toBe(0)
  expect((await lathe('export', file, out, '--run', '1')).lines.at(-1)).toMatchObject({ event: 'done' })
  await using program = await Program.load('out', await readFile(out))
  expect(program.outputs.map((o) => o.name)).toEqual(expect.arrayContaining(['probabilities', 'logits', 'class']))
}, 240_000)

test('a body of rows is fine-tuned for a table, and another task says why it takes none', async () => {
  const folder = tempFolder()
  const [file, model] = [path.join(folder, 'p.lathe'), path.join(folder, 'rows.onnx')]
  const graph = new Graph('rows')
  graph.output('y', gemm(tanh(gemm(graph.input('x', 'float32', ['N', 4]), graph.parameter('body', [4, 16]))), graph.parameter('fc', [16, 2])))
  const numbers = (n: number): Float32Array => Float32Array.from({ length: n }, (_, i) => Math.sin(1.7 * i))
  await writeFile(model, modelBytes(graph, { parameters: new Map([['body', numbers(64)], ['fc', numbers(32)]]) }))
  expect((await lathe('sample', 'iris', file)).code).toBe(0)
  const run = await lathe('train', file, '--model', model, '--epochs', '30', '--set', 'freeze=.*')
  expect(run.lines.at(-1)).toMatchObject({ event: 'done', status: 'finished' })
  const scored = (await lathe('eval', file, '--run', '1')).lines.at(-1) as { metrics: Record<string, number> }
  expect(Object.entries(scored.metrics).find(([name]) => name.endsWith('accuracy'))?.[1]).toBeGreaterThan(0.7)
  const out = path.join(folder, 'out.onnx')
  expect((await lathe('export', file, out, '--run', '1')).lines.at(-1)).toMatchObject({ event: 'done' })
  const texts = path.join(folder, 'texts.lathe')
  expect((await lathe('sample', 'entailment', texts)).code).toBe(0)
  const refused = await lathe('train', texts, '--model', model)
  expect(refused.code).not.toBe(0)
  expect(JSON.stringify(refused.lines)).toMatch(/rows\.onnx: text-pair begins from no ONNX file/)
}, 120_000)

test('a body that takes any size gets pictures as large as it needs, and names one that no size fits', async () => {
  const folder = tempFolder()
  const file = path.join(folder, 'p.lathe')
  expect((await lathe('sample', 'digits', file)).code).toBe(0)
  const written = async (name: string, halved: number): Promise<string> => {
    const graph = new Graph(name)
    let x = conv(graph.input('x', 'float32', ['N', 3, 'H', 'W']), graph.parameter('kernel', [4, 3, 3, 3]), null, { pads: [1, 1, 1, 1] })
    for (let i = 0; i < halved; i++) x = maxPool(x, { kernel: [2, 2], strides: [2, 2] })
    graph.output('y', gemm(reduceMean(x, [2, 3], false), graph.parameter('fc', [4, 2])))
    const to = path.join(folder, name)
    await writeFile(to, modelBytes(graph, { parameters: new Map([['kernel', Float32Array.from({ length: 108 }, (_, i) => Math.sin(i))], ['fc', new Float32Array(8).fill(1)]]) }))
    return to
  }
  const run = await lathe('train', file, '--model', await written('halves.onnx', 5), '--epochs', '1')
  expect(run.lines.at(-1)).toMatchObject({ event: 'done', status: 'finished' })
  expect((await lathe('run', file, '1')).lines.at(-1)).toMatchObject({ runs: [{ config: { input: { height: 32, width: 32, channels: 3 } } }] })
  const never = await lathe('train', file, '--model', await written('vanishes.onnx', 9))
  expect([never.code, JSON.stringify(never.lines)]).toEqual([1, expect.stringMatching(/MaxPool/)])
}, 120_000)

test('what cannot be fine-tuned is refused with its reason, and nothing is kept of it', async () => {
  const folder = tempFolder()
  const file = path.join(folder, 'p.lathe')
  expect((await lathe('sample', 'digits', file)).code).toBe(0)
  const words = await lathe('train', file, '--model', path.resolve(import.meta.dirname, '../fixtures/onnx/bert.onnx'))
  expect(words.code).not.toBe(0)
  expect(JSON.stringify(words.lines)).toMatch(/its input 'x' is int64/)
  const nothing = await lathe('train', file, '--model', path.join(folder, 'none.onnx'))
  expect(JSON.stringify(nothing.lines)).toMatch(/cannot be read/)
}, 120_000)
