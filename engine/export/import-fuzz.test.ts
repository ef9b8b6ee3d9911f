// Hostile and damaged model files: the importer opens them or throws LatheError 'graph', in bounded time and memory.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelBytes } from '../compile/bytes.ts'
import { ATTRIBUTE, ModelProto, type IModelProto, type INodeProto } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import { Graph } from '../graph/graph.ts'
import { verify } from '../graph/verify.ts'
import { add, averagePool, clip, concat, conv, gather, gemm, maxPool, pad, reduceMean, relu, reshape, resize, shape, slice, softmax, split, squeeze, transpose, unsqueeze } from '../ops/build.ts'
import { importModel } from './import-model.ts'

const SEED = 20

/** Many operators with attributes, constants and symbolic sizes in one small model. */
function pictures(): Uint8Array {
  const g = new Graph('pictures')
  const x = g.input('x', 'float32', ['N', 2, 8, 8])
  const features = clip(relu(conv(x, g.parameter('w', [4, 2, 3, 3]), g.parameter('b', [4]), { pads: 1, strides: 2 })), 0, 6)
  const pooled = averagePool(maxPool(pad(features, [0, 0, 1, 1, 0, 0, 1, 1]), { kernel: [2, 2] }), { kernel: [3, 3] })
  const sizes = concat([reshape(gather(shape(x), g.constant(BigInt64Array.of(0n), 'int64', [])), [1]), g.ints([-1])], 0)
  const flat = reshape(pooled, [0, -1])
  g.output('p', softmax(gemm(flat, g.parameter('v', [4, 3]), g.parameter('c', [3]))))
  g.output('sizes', sizes)
  return modelBytes(g, { parameters: new Map(Object.entries({ w: new Float32Array(72).fill(0.1), b: new Float32Array(4), v: new Float32Array(12).fill(0.2), c: new Float32Array(3) })), metadata: { task: 'x' } })
}

function movement(): Uint8Array {
  const g = new Graph('movement')
  const x = g.input('x', 'float32', ['N', 4, 6])
  const parts = split(slice(transpose(x, [0, 2, 1]), { starts: [1], ends: [5], axes: [1] }), [1, 3], 1)
  const joined = concat([...parts], 1)
  const wide = resize(unsqueeze(joined, [1]), { scales: [1, 1, 2, 2] }, { mode: 'linear' })
  g.output('y', add(reduceMean(squeeze(wide, [1]), [1], true), 1))
  return modelBytes(g, { constants: 'nodes' })
}

const models = [pictures(), movement()]

/** Opens or refuses; anything else fails the test. */
function survive(bytes: Uint8Array): 'opened' | 'refused' {
  const start = performance.now()
  try {
    const { graph } = importModel(bytes, { name: 'fuzz' })
    verify(graph)
    return 'opened'
  } catch (error) {
    if (!(error instanceof LatheError) || error.kind !== 'graph') throw error
    return 'refused'
  } finally {
    expect(performance.now() - start, 'milliseconds').toBeLessThan(20_000)
  }
}

const anyModel = fc.constantFrom(...models)

describe('damaged files', () => {
  it('opens the models that are damaged below', () => {
    expect(models.map(survive)).toEqual(['opened', 'opened'])
  })

  it('changed, missing, added and moved bytes', () => {
    const counts = { opened: 0, refused: 0 }
    const edit = fc.record({ kind: fc.constantFrom('set', 'flip', 'delete', 'insert', 'copy'), at: fc.nat(), length: fc.integer({ min: 1, max: 40 }), value: fc.integer({ min: 0, max: 255 }), from: fc.nat() })
    fc.assert(
      fc.property(anyModel, fc.array(edit, { minLength: 1, maxLength: 4 }), (model, edits) => {
        let bytes = Buffer.from(model)
        for (const { kind, at: where, length, value, from } of edits) {
          if (bytes.length === 0) break
          const at = where % bytes.length
          if (kind === 'set') bytes[at] = value
          else if (kind === 'flip') bytes[at] = (bytes[at] ?? 0) ^ (1 << (value % 8))
          else if (kind === 'delete') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)])
          else if (kind === 'insert') bytes = Buffer.concat([bytes.subarray(0, at), Buffer.alloc(length, value), bytes.subarray(at)])
          else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(from % bytes.length, (from % bytes.length) + length), bytes.subarray(at)])
        }
        counts[survive(bytes)]++
      }),
      { numRuns: 3000, seed: SEED },
    )
    expect(Math.min(counts.opened, counts.refused), 'both happen').toBeGreaterThan(20)
  })

  it('cut off at any byte', () => {
    for (const model of models) for (let n = 0; n < model.length; n++) survive(model.subarray(0, n))
  })

  it('fields with other values', () => {
    const number = fc.oneof(fc.integer({ min: -3, max: 9 }), fc.constantFrom(2 ** 31, -(2 ** 31), 2 ** 53 - 1, -(2 ** 53) + 1, 65, 1e6))
    const change = fc.record({ what: fc.constantFrom('op', 'input', 'output', 'attribute', 'drop', 'repeat', 'swap', 'dims', 'type', 'initializer', 'opset', 'constant'), pick: fc.nat(), other: fc.nat(), number })
    const counts = { opened: 0, refused: 0 }
    fc.assert(
      fc.property(anyModel, fc.array(change, { minLength: 1, maxLength: 3 }), (model, changes) => {
        const proto: IModelProto = ModelProto.decode(model)
        for (const c of changes) alter(proto, c)
        counts[survive(ModelProto.encode(proto).finish())]++
      }),
      { numRuns: 4000, seed: SEED },
    )
    expect(Math.min(counts.opened, counts.refused), 'both happen').toBeGreaterThan(100)
  })
})

interface Change {
  readonly what: string
  readonly pick: number
  readonly other: number
  readonly number: number
}

function alter(model: IModelProto, { what, pick, other, number }: Change): void {
  const graph = model.graph
  const nodes = graph?.node ?? []
  const of = <T>(list: readonly T[] | null | undefined, i: number): T | undefined => (list && list.length > 0 ? list[i % list.length] : undefined)
  const [node, second] = [of(nodes, pick), of(nodes, other)]
  const names = [...nodes.flatMap((n) => n.output ?? []), 'x', 'w', '']
  if (!node || !graph) return
  if (what === 'op') node.opType = of(['Relu', 'Reshape', 'Concat', 'Gemm', 'Split', 'Conv', 'Resize', 'Gather', 'ReduceSum', 'MaxPool', 'Pad', 'Slice', 'Dropout', 'LSTM', 'If', 'Constant'], other) ?? ''
  else if (what === 'input' && node.input?.length) node.input[other % node.input.length] = names[number < 0 ? 0 : number % names.length] ?? ''
  else if (what === 'output' && node.output?.length) node.output[0] = names[other % names.length] ?? ''
  else if (what === 'attribute') {
    const a = of(node.attribute, other)
    if (a?.ints?.length) a.ints[0] = number
    else if (a) Object.assign(a, { i: number, f: number, type: Math.abs(number) % 16 })
    else node.attribute = [{ name: of(['axis', 'axes', 'pads', 'auto_pad', 'perm', 'to', 'mode'], other) ?? '', type: ATTRIBUTE.INT, i: number }]
  } else if (what === 'drop') nodes.splice(pick % nodes.length, 1)
  else if (what === 'repeat') nodes.splice(other % nodes.length, 0, node)
  else if (what === 'swap' && second) nodes.splice(other % nodes.length, 1, ...nodes.splice(pick % nodes.length, 1, second))
  else if (what === 'dims') {
    const dim = of(of(graph.input, pick)?.type?.tensorType?.shape?.dim, other)
    if (dim) Object.assign(dim, { dimValue: number, dimParam: '' })
  } else if (what === 'type') {
    const type = of(graph.input, pick)?.type?.tensorType
    if (type) type.elemType = Math.abs(number) % 25
  } else if (what === 'initializer' || what === 'constant') {
    const tensor = of([...(graph.initializer ?? []), ...nodes.flatMap((n) => (n.attribute ?? []).flatMap((a) => (a.t ? [a.t] : [])))], pick)
    if (tensor && what === 'initializer') Object.assign(tensor, other % 2 ? { dims: [number] } : { dataType: Math.abs(number) % 25 })
    else if (tensor?.rawData && tensor.rawData.length >= 8) Object.assign(tensor, { rawData: Buffer.concat([bigBytes(number), Buffer.from(tensor.rawData).subarray(8)]) })
  } else if (what === 'opset') model.opsetImport = [{ domain: '', version: Math.abs(number) % 30 }]
}

function bigBytes(n: number): Buffer {
  const out = Buffer.alloc(8)
  out.writeBigInt64LE(BigInt(n))
  return out
}

describe('bombs', () => {
  const value = (name: string, dims: readonly (number | string)[]): object => ({ name, type: { tensorType: { elemType: 1, shape: { dim: dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })) } } } })
  const encode = (graph: object, more: object = {}): Uint8Array => ModelProto.encode({ irVersion: 8, opsetImport: [{ domain: '', version: 18 }, { domain: 'own', version: 1 }], graph: { name: 'g', ...graph }, ...more }).finish()
  const chain = (op: string, count: number, more: Partial<INodeProto> = {}): INodeProto[] => Array.from({ length: count }, (_, i) => ({ opType: op, input: [`v${i}`, `v${i}`], output: [`v${i + 1}`], ...more }))
  const ints = (name: string, list: readonly number[]): object => ({ name, dataType: 7, dims: [list.length], rawData: new Uint8Array(BigInt64Array.from(list, BigInt).buffer) })

  const cases: Readonly<Record<string, () => Uint8Array>> = {
    'sizes that double with every node': () => encode({ node: chain('Concat', 60, { attribute: [{ name: 'axis', type: ATTRIBUTE.INT, i: 0 }] }), input: [value('v0', ['N'])], output: [value('v60', ['M'])] }),
    'sizes past every number': () => encode({ node: chain('Concat', 2000, { attribute: [{ name: 'axis', type: ATTRIBUTE.INT, i: 0 }] }), input: [value('v0', [3])], output: [value('v2000', ['M'])] }),
    'a long chain': () => encode({ node: chain('Add', 50_000), input: [value('v0', ['N'])], output: [value('v50000', ['N'])] }),
    'a long chain of shape arithmetic': () => encode({ node: [{ opType: 'Shape', input: ['x'], output: ['v0'] }, ...chain('Add', 20_000)], input: [value('x', ['N'])], output: [value('v20000', [1])] }),
    'functions that call the next twice': () =>
      encode(
        { node: [{ opType: 'f0', domain: 'own', input: ['x'], output: ['y'] }], input: [value('x', [1])], output: [value('y', [1])] },
        { functions: Array.from({ length: 40 }, (_, i) => ({ name: `f${i}`, domain: 'own', input: ['a'], output: ['c'], node: ['a', 'b'].map((v, k) => ({ opType: `f${i + 1}`, domain: 'own', input: [v], output: ['bc'.charAt(k)] })) })) },
      ),
    'functions that call the next a hundred times': () =>
      encode(
        { node: [{ opType: 'f0', domain: 'own', input: ['x'], output: ['y'] }], input: [value('x', [1])], output: [value('y', [1])] },
        { functions: Array.from({ length: 15 }, (_, i) => ({ name: `f${i}`, domain: 'own', input: ['a'], output: ['b'], node: Array.from({ length: 100 }, (__, k) => ({ opType: i === 14 ? 'Identity' : `f${i + 1}`, domain: i === 14 ? '' : 'own', input: ['a'], output: [k === 0 ? 'b' : `b${k}`] })) })) },
      ),
    'a function that calls itself': () => encode({ node: [{ opType: 'f', domain: 'own', input: ['x'], output: ['y'] }], input: [value('x', [1])], output: [value('y', [1])] }, { functions: [{ name: 'f', domain: 'own', input: ['a'], output: ['b'], node: [{ opType: 'f', domain: 'own', input: ['a'], output: ['b'] }] }] }),
    'a million axes': () => encode({ node: [{ opType: 'Unsqueeze', input: ['x', 'axes'], output: ['y'] }], initializer: [ints('axes', Array.from({ length: 1e6 }, (_, i) => i))], input: [value('x', [1])], output: [value('y', [1])] }),
    'a million parts': () => encode({ node: [{ opType: 'Split', input: ['x', 'sizes'], output: ['y'] }], initializer: [ints('sizes', new Array<number>(1e6).fill(1))], input: [value('x', [1e6])], output: [value('y', [1])] }),
    'a shape of a million numbers': () => encode({ node: [{ opType: 'Reshape', input: ['x', 'shape'], output: ['y'] }], initializer: [ints('shape', new Array<number>(1e6).fill(1))], input: [value('x', [1])], output: [value('y', [1])] }),
    'a tensor of 2^50 elements': () => encode({ node: [{ opType: 'Relu', input: ['w'], output: ['y'] }], initializer: [{ name: 'w', dataType: 1, dims: [2 ** 25, 2 ** 25] }], output: [value('y', [1])] }),
    'ten million empty nodes': () => Buffer.concat([encode({ input: [value('x', [1])], output: [value('x', [1])] }).subarray(0, 2), Buffer.from([0x3a, 0x80, 0xda, 0xc4, 0x09]), Buffer.alloc(20_000_000, Buffer.from([0x0a, 0x00]))]),
    'fifty million small integers': packed,
    'branches in branches': () => {
      let graph: object = { name: 'g', node: [{ opType: 'Relu', input: ['x'], output: ['y'] }], output: [value('y', [1])] }
      for (let i = 0; i < 60; i++) graph = { name: 'g', node: [{ opType: 'If', input: ['yes'], output: ['y'], attribute: [{ name: 'then_branch', type: ATTRIBUTE.GRAPH, g: graph }] }], output: [value('y', [1])] }
      return encode({ ...graph, input: [value('x', [1])], initializer: [{ name: 'yes', dataType: 9, dims: [], rawData: new Uint8Array([1]) }] })
    },
  }

  /** A tensor whose int64 field has fifty million elements of one byte each; decoded they would take gigabytes. */
  function packed(): Uint8Array {
    const wrap = (tag: number, body: Uint8Array): Buffer => {
      const length: number[] = []
      let n = body.length
      for (; n > 127; n = Math.floor(n / 128)) length.push((n % 128) | 128)
      return Buffer.concat([Buffer.from([tag, ...length, n]), body])
    }
    const tensor = wrap(0x3a, Buffer.alloc(50_000_000))
    return Buffer.concat([Buffer.from([0x08, 8, 0x42, 2, 0x10, 18]), wrap(0x3a, wrap(0x2a, tensor))])
  }

  const opens: readonly string[] = ['sizes that double with every node', 'a long chain', 'a long chain of shape arithmetic']
  it.each(Object.entries(cases))('%s', (name, make) => {
    const bytes = make()
    const before = process.memoryUsage().rss
    expect(survive(bytes)).toBe(opens.includes(name) ? 'opened' : 'refused')
    expect(process.memoryUsage().rss - before, 'bytes of memory more than before').toBeLessThan(0.8e9)
  })

  it('refuses data in another file', () => {
    const bytes = encode({ node: [{ opType: 'Relu', input: ['w'], output: ['y'] }], initializer: [{ name: 'w', dataType: 1, dims: [2], dataLocation: 1, externalData: [{ key: 'location', value: '../../etc/passwd' }] }], output: [value('y', [2])] })
    expect(() => importModel(bytes)).toThrow("initializer 'w' keeps its data in another file ('../../etc/passwd'); save the model as one file")
  })
})
