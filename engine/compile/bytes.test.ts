// What is written into a model file.
import { describe, expect, it } from 'vitest'
import { Graph } from '../graph/graph.ts'
import { add, maxPool, mul, relu, scatterND, selu } from '../ops/build.ts'
import { modelBytes } from './bytes.ts'
import { ModelProto } from './proto.ts'

function net(): Graph {
  const g = new Graph('net')
  const x = g.input('x', 'float32', ['N', 1, 4, 4])
  const pooled = g.in('pool1', () => maxPool(x, { kernel: [2, 2] }))
  relu(x)
  g.parameter('unused', [3])
  g.output('y', add(mul(pooled, g.parameter('w', [1])), 0.5))
  return g
}

describe('modelBytes', () => {
  const weights = new Map([['w', Float32Array.of(3)]])

  it('writes only what the outputs need', () => {
    const { graph } = ModelProto.decode(modelBytes(net(), { parameters: weights }))
    expect(graph?.node?.map((n) => n.opType)).toEqual(['MaxPool', 'Mul', 'Add'])
    expect(graph?.node?.map((n) => n.name)).toEqual(['pool1/MaxPool#0', 'Mul#1', 'Add#2'])
    expect(graph?.initializer?.map((t) => t.name)).toContain('w')
    expect(graph?.initializer).toHaveLength(2)
    expect(graph?.node?.[0]?.output, 'indices that nobody reads').toHaveLength(1)
    expect(graph?.input?.map((i) => i.name)).toEqual(['x'])
    expect(graph?.input?.[0]?.type?.tensorType?.shape?.dim?.[0]?.dimParam).toBe('N')
    expect(graph?.output?.map((o) => o.name)).toEqual(['y'])
  })

  it('lists used parameters as inputs where they have no values', () => {
    expect(ModelProto.decode(modelBytes(net())).graph?.input?.map((i) => i.name)).toEqual(['x', 'w'])
  })

  it('writes versions, producer and metadata', () => {
    const model = ModelProto.decode(modelBytes(net(), { metadata: { task: 'ünïcode', empty: '' }, producer: { name: 'lathe', version: '1.2.3' }, opset: 17, irVersion: 9 }))
    expect(model.opsetImport.map((o) => [o.domain, Number(o.version)])).toEqual([['', 17]])
    expect(Number(model.irVersion)).toBe(9)
    expect([model.producerName, model.producerVersion]).toEqual(['lathe', '1.2.3'])
    expect(model.metadataProps.map((p) => [p.key, p.value])).toEqual([
      ['task', 'ünïcode'],
      ['empty', ''],
    ])
  })

  it('raises the opset to what an operator needs', () => {
    const g = new Graph('scatter')
    g.output('y', scatterND(g.input('x', 'float32', [3]), g.ints([1]).graph.constant(BigInt64Array.of(1n), 'int64', [1, 1]), g.input('u', 'float32', [1]), 'add'))
    expect(Number(ModelProto.decode(modelBytes(g, { opset: 13 })).opsetImport[0]?.version)).toBe(16)
  })

  it('tells integer from real attributes', () => {
    const g = new Graph('selu')
    g.output('y', selu(g.input('x', 'float32', [1]), { alpha: 2, gamma: 1 }))
    expect(ModelProto.decode(modelBytes(g)).graph?.node?.[0]?.attribute?.map((a) => [a.name, a.type, a.f])).toEqual([
      ['alpha', 1, 2],
      ['gamma', 1, 1],
    ])
  })

  it('is the same for the same graph', () => {
    expect(Buffer.from(modelBytes(net(), { parameters: weights })).equals(modelBytes(net(), { parameters: weights }))).toBe(true)
  })

  it('refuses a graph without outputs', () => {
    expect(() => modelBytes(new Graph('empty'))).toThrow("graph 'empty' has no outputs")
  })
})
