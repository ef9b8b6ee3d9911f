// Peak memory of a deep network's gradients in a process of its own: node deep-step.ts LAYERS SEGMENTS RUNS BATCH. One segment keeps everything. Prints one line of JSON.
import { createHash } from 'node:crypto'
import { gradients } from '../../engine/autodiff/gradients.ts'
import { Program, tensor } from '../../engine/compile/program.ts'
import { Random } from '../../engine/data/random.ts'
import { Graph, type Value } from '../../engine/graph/graph.ts'
import { conv, mul, reduceMean, relu } from '../../engine/ops/build.ts'
import { peakMemory } from './peak-memory.ts'

const [layers = 32, segments = 1, runs = 3, batch = 32] = process.argv.slice(2).map(Number)
const [filters, side] = [8, 64]

const graph = new Graph('deep')
const x = graph.input('x', 'float32', [batch, filters, side, side])
const weights = Array.from({ length: layers }, (_, i) => graph.parameter(`w${i}`, [filters, filters, 3, 3]))
const outputs: Value[] = []
const last = weights.reduce((h, w, i) => {
  const y = graph.in(`layer${i}`, () => relu(conv(h, w, null, { pads: 1 })))
  outputs.push(y)
  return y
}, x)
const loss = reduceMean(mul(last, last))
const checkpoints = Array.from({ length: segments - 1 }, (_, i) => outputs[Math.round(((i + 1) * layers) / segments) - 1]).filter((v) => v !== undefined)
graph.output('loss', loss)
gradients(loss, weights, { checkpoints }).forEach((g, i) => { graph.output(`d${i}`, g) })
await using program = await Program.create(graph)
const base = peakMemory()
const random = new Random(1, 'sample')
const feeds = Object.fromEntries(program.inputs.map(({ name, shape }) => {
  const sizes = shape.map(Number)
  const scale = name === 'x' ? 1 : Math.sqrt(2 / (9 * filters))
  return [name, tensor('float32', Float32Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), sizes)]
}))
const times: number[] = []
let out = await program.run(feeds)
for (let i = 0; i < runs; i++) {
  const from = performance.now()
  out = await program.run(feeds)
  times.push(performance.now() - from)
}
const hash = createHash('sha256')
for (const name of ['loss', ...weights.map((_, i) => `d${i}`)]) hash.update(out[name]?.data as Float32Array)
console.log(JSON.stringify({ peak: peakMemory(), base, ms: Math.min(...times), hash: hash.digest('hex').slice(0, 16) }))
