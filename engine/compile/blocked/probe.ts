// Which block ORT uses on this machine, found by running a tiny network both ways.
import { gradients } from '../../autodiff/gradients.ts'
import { Random } from '../../data/random.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { add, conv, maxPool, mul, relu, reduceSum, reshape } from '../../ops/build.ts'
import { Program, tensor } from '../program.ts'
import { lower } from './layout.ts'
import { pointwise, toBlocked, toStandard } from './operators.ts'
import { blockedOrder, pack, unpack } from './order.ts'

/** With AVX-512, with AVX2. */
const BLOCKS = [16, 8] as const
const SIDE = 4
const TOLERANCE = 1e-4
const FACTOR = 0.75

let found: Promise<number> | null = null

/** Block of ORT's convolutions here, or 0 where there is none that can be used. Probed once in a process. */
export function blockSize(): Promise<number> {
  found ??= probe()
  return found
}

async function probe(): Promise<number> {
  const [most] = BLOCKS
  const weights = random(2 * most * most * 9, 1)
  const x = random(most * most * SIDE * SIDE, 2)
  const expected = await run(0, x, weights)
  if (!expected) return 0
  for (const block of BLOCKS) {
    const result = await run(block, x, weights)
    if (result && agree(result.y, expected.y) && agree(result.dw, expected.dw) && agree(result.sum, expected.sum)) return block
  }
  return 0
}

function random(n: number, seed: number): Float32Array {
  const source = new Random(seed, 'sample')
  return Float32Array.from({ length: n }, () => source.uniform() - 0.5)
}

interface Found {
  readonly y: Float32Array
  readonly dw: Float32Array
  readonly sum: Float32Array
}

/** Pooled output and weight gradient of convolution, ReLU and pooling of 16 samples of 16 channels with 32 filters, and x · FACTOR + x; null where it does not run. */
async function run(block: number, x: Float32Array, weights: Float32Array): Promise<Found | null> {
  const [n] = BLOCKS
  const shape = [2 * n, n, 3, 3]
  const graph = new Graph('probe of the blocked layout')
  const input = graph.input('x', 'float32', [n, n, SIDE, SIDE])
  const w = graph.parameter('w', shape)
  const pooled = maxPool(relu(conv(input, w, null, { pads: [1, 1, 1, 1] })), { kernel: [2, 2] })
  const y: Value = block > 0 ? lower(graph, [pooled], block).of(pooled) : pooled
  graph.output('y', y)
  const factors = graph.constant(new Float32Array(n).fill(FACTOR), 'float32', [n, 1, 1, 1])
  graph.output('sum', block > 0 ? toStandard(pointwise(toBlocked(input), factors, { sum: toBlocked(input) })) : add(mul(input, FACTOR), input))
  graph.output('dw', reshape(gradients(reduceSum(mul(y, y)), [w])[0] ?? w, [weights.length]))
  const stretches = block > 0 ? [{ at: 0, order: blockedOrder(shape, block) }] : []
  try {
    await using program = await Program.create(graph, { threads: 1 })
    const out = await program.run({ x: tensor('float32', x, input.shape.map(Number)), w: tensor('float32', pack(weights, stretches), shape) })
    return { y: out['y']?.data as Float32Array, sum: out['sum']?.data as Float32Array, dw: unpack(out['dw']?.data as Float32Array, stretches) }
  } catch {
    return null
  }
}

function agree(a: Float32Array, b: Float32Array): boolean {
  const largest = b.reduce((m, v) => Math.max(m, Math.abs(v)), 0)
  return a.length === b.length && largest > 0 && a.every((v, i) => Math.abs(v - (b[i] ?? 0)) <= TOLERANCE * largest)
}
