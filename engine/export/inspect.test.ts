// Inspection: what is in a model, and nothing but LatheError on any other bytes.
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { modelBytes } from '../compile/bytes.ts'
import { ModelProto } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import { Graph } from '../graph/graph.ts'
import { matmul, relu } from '../ops/build.ts'
import { inspect } from './inspect.ts'

function model(): Uint8Array {
  const graph = new Graph('small')
  const x = graph.input('x', 'float32', ['N', 2])
  graph.output('y', relu(relu(matmul(x, graph.parameter('w', [2, 3])))))
  return modelBytes(graph, { parameters: new Map([['w', new Float32Array(6)]]), metadata: { task: 't', note: '<script>' }, producer: { name: 'p', version: '2' } })
}

describe('inspect', () => {
  test('tells inputs, outputs, operators, parameters and metadata', () => {
    expect(inspect(model(), 'm')).toEqual({
      inputs: [{ name: 'x', dtype: 'float32', shape: ['N', 2] }],
      outputs: [{ name: 'y', dtype: 'float32', shape: ['N', 3] }],
      nodes: 3,
      parameters: 6,
      metadata: { task: 't', note: '<script>' },
      ops: [{ op: 'Relu', domain: '', count: 2 }, { op: 'MatMul', domain: '', count: 1 }],
      opset: 18,
      irVersion: 8,
      producer: 'p 2',
    })
  })
  test('counts the operators of graphs inside nodes, other domains, inputs without shape or tensor', () => {
    const body = { name: 'body', node: [{ opType: 'Add', input: ['a', 'b'], output: ['c'] }] }
    const bytes = ModelProto.encode({
      irVersion: 7,
      opsetImport: [{ domain: '', version: 12 }, { domain: 'com.microsoft', version: 1 }],
      graph: {
        name: 'g',
        node: [{ opType: 'Loop', attribute: [{ name: 'body', g: body }] }, { opType: 'FusedMatMul', domain: 'com.microsoft' }],
        input: [{ name: 'free', type: { tensorType: { elemType: 16, shape: { dim: [{}] } } } }, { name: 'list', type: { sequenceType: {} } }, { name: 'w', type: { tensorType: { elemType: 1 } } }],
        initializer: [{ name: 'w', dataType: 1, dims: [4], floatData: [1, 2, 3, 4] }, { name: 'shape', dataType: 7, dims: [9] }],
      },
    }).finish()
    expect(inspect(bytes, 'm')).toMatchObject({
      inputs: [{ name: 'free', dtype: 'type 16', shape: ['?'] }, { name: 'list', dtype: 'sequence', shape: [] }],
      nodes: 3,
      parameters: 4,
      opset: 12,
      ops: [{ op: 'Add', count: 1 }, { op: 'FusedMatMul', domain: 'com.microsoft' }, { op: 'Loop' }],
    })
  })
  test.each([
    ['empty', new Uint8Array(0)],
    ['text', Buffer.from('this is no model at all')],
    ['a zip', zipSync({ 'a.txt': Buffer.from('a') })],
    ['a model without its end', model().subarray(0, 100)],
    ['nested without end', Buffer.alloc(100_000, 0x0b)],
  ])('%s is refused with the name of the file', (_, bytes) => {
    expect(() => inspect(bytes, 'x.onnx')).toThrow(/^x\.onnx: is no readable ONNX model/)
  })
  test('deeply nested messages end in an error, not in a crash', () => {
    // A graph in an attribute of a node of a graph …: fields 7, 1, 5, 6 of ModelProto, GraphProto, NodeProto, AttributeProto.
    let inner: Buffer = Buffer.alloc(0)
    const wrap = (field: number, body: Buffer): Buffer => Buffer.concat([Buffer.from([(field << 3) | 2]), varint(body.length), body])
    for (let i = 0; i < 3000; i++) inner = wrap(1, wrap(5, wrap(6, inner)))
    const bytes = Buffer.concat([Buffer.from([0x08, 8]), wrap(7, inner), wrap(8, Buffer.from([0x10, 18]))])
    try {
      expect(inspect(bytes, 'deep').nodes).toBe(3000)
    } catch (error) {
      expect(error).toBeInstanceOf(LatheError)
    }
  })
  test('changed bytes give a summary or a LatheError', () => {
    const good = model()
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 }), (edits) => {
        const bad = good.slice()
        for (const [i, v] of edits) bad[i] = v
        try {
          inspect(bad, 'x')
        } catch (error) {
          expect(error).toBeInstanceOf(LatheError)
        }
      }),
      { numRuns: 1000, seed: 2 },
    )
  })
})

function varint(n: number): Buffer {
  const out: number[] = []
  for (; n > 127; n = Math.floor(n / 128)) out.push((n % 128) | 128)
  return Buffer.from([...out, n])
}
