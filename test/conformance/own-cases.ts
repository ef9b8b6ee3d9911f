// Cases of our own, with outputs worked out here: they run where the public suite is absent.
import { modelBytes } from '../../engine/compile/bytes.ts'
import { ATTRIBUTE, ModelProto, TensorProto } from '../../engine/compile/proto.ts'
import { Graph } from '../../engine/graph/graph.ts'
import { add, concat, conv, gather, matmul, maxPool, relu, reshape, shape } from '../../engine/ops/build.ts'
import { single } from '../../engine/ops/support/rule.ts'
import type { Case } from './case.ts'

const tensor = (shape: readonly number[], data: readonly number[]): Uint8Array => TensorProto.encode({ dims: [...shape], dataType: 1, floatData: [...data] }).finish()
const wave = (n: number, step: number): number[] => Array.from({ length: n }, (_, i) => Math.fround(Math.sin(1 + step * i)))
const at = (list: readonly number[], i: number): number => list[i] ?? NaN

export const ownCases: readonly Case[] = [dense(), picture(), flattening(), old()]

/** relu(x · w + b) */
function dense(): Case {
  const [x, w, b] = [wave(6, 0.7), wave(12, 1.1), wave(4, 0.3)]
  const g = new Graph('dense')
  g.output('y', relu(add(matmul(g.input('x', 'float32', ['N', 3]), g.parameter('w', [3, 4])), g.parameter('b', [4]))))
  const y = Array.from({ length: 8 }, (_, i) => {
    const [row, column] = [Math.floor(i / 4), i % 4]
    return Math.max(0, [0, 1, 2].reduce((s, k) => s + at(x, row * 3 + k) * at(w, k * 4 + column), at(b, column)))
  })
  const model = modelBytes(g, { parameters: new Map([['w', Float32Array.from(w)], ['b', Float32Array.from(b)]]), opset: 13 })
  return { name: 'own/dense', model, sets: [{ inputs: [tensor([2, 3], x)], outputs: [tensor([2, 4], y)] }] }
}

/** A 2×2 convolution and 2×2 pooling of a 5×5 picture. */
function picture(): Case {
  const [x, w] = [wave(25, 0.9), wave(4, 1.3)]
  const g = new Graph('picture')
  g.output('y', maxPool(conv(g.input('x', 'float32', ['N', 1, 'H', 'W']), g.parameter('w', [1, 1, 2, 2])), { kernel: [2, 2] }))
  const value = (r: number, c: number): number => [0, 1, 2, 3].reduce((s, k) => s + at(w, k) * at(x, (r + Math.floor(k / 2)) * 5 + c + (k % 2)), 0)
  const y = [0, 1, 2, 3].map((i) => Math.max(...[0, 1, 2, 3].map((k) => value(2 * Math.floor(i / 2) + Math.floor(k / 2), 2 * (i % 2) + (k % 2)))))
  const model = modelBytes(g, { parameters: new Map([['w', Float32Array.from(w)]]) })
  return { name: 'own/picture', model, sets: [{ inputs: [tensor([1, 1, 5, 5], x)], outputs: [tensor([1, 1, 2, 2], y)] }] }
}

/** Shape arithmetic as exporters write it: reshape(x, [shape(x)[0], -1]). */
function flattening(): Case {
  const x = wave(12, 0.4)
  const g = new Graph('flattening')
  const image = g.input('x', 'float32', ['N', 2, 3])
  const sizes = concat([reshape(gather(shape(image), g.constant(BigInt64Array.of(0n), 'int64', [])), [1]), g.ints([-1])], 0)
  const like = reshape(image, [0, -1]).producer
  if (!like) throw new Error('reshape made no node')
  g.output('y', single(like.op, [image, sizes]))
  return { name: 'own/flattening', model: modelBytes(g), sets: [{ inputs: [tensor([2, 2, 3], x)], outputs: [tensor([2, 6], x)] }] }
}

/** Opset 9: axes, limits and slices as attributes, Softmax over all axes from 1 on. */
function old(): Case {
  const ints = (name: string, v: number[]): object => ({ name, type: ATTRIBUTE.INTS, ints: v })
  const float = (name: string, f: number): object => ({ name, type: ATTRIBUTE.FLOAT, f })
  const value = (name: string, dims: number[]): object => ({ name, type: { tensorType: { elemType: 1, shape: { dim: dims.map((d) => ({ dimValue: d })) } } } })
  const node = [
    { opType: 'Clip', input: ['x'], output: ['a'], attribute: [float('min', -0.5), float('max', 0.5)] },
    { opType: 'Slice', input: ['a'], output: ['b'], attribute: [ints('starts', [1]), ints('ends', [Number.MAX_SAFE_INTEGER]), ints('axes', [1])] },
    { opType: 'Unsqueeze', input: ['b'], output: ['c'], attribute: [ints('axes', [1, 3])] },
    { opType: 'Softmax', input: ['c'], output: ['d'] },
    { opType: 'ReduceSum', input: ['d'], output: ['y'], attribute: [ints('axes', [1]), { name: 'keepdims', type: ATTRIBUTE.INT, i: 0 }] },
  ]
  const x = wave(6, 0.8)
  const kept = x.map((v) => Math.min(Math.max(v, -0.5), 0.5)).filter((_, i) => i % 3 > 0)
  const row = (i: number): number[] => {
    const e = kept.slice(2 * i, 2 * i + 2).map(Math.exp)
    return e.map((v) => v / e.reduce((a, b) => a + b, 0))
  }
  const model = ModelProto.encode({ irVersion: 4, opsetImport: [{ domain: '', version: 9 }], graph: { name: 'old', node, input: [value('x', [2, 3])], output: [value('y', [2, 2, 1])] } }).finish()
  return { name: 'own/old', model, sets: [{ inputs: [tensor([2, 3], x)], outputs: [tensor([2, 2, 1], [...row(0), ...row(1)])] }] }
}
