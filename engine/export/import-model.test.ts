// Import of model files: old forms of operators against ORT running the file itself, messages, parameters, gradients, new heads.
import { describe, expect, it } from 'vitest'
import { gradients } from '../autodiff/gradients.ts'
import { modelBytes } from '../compile/bytes.ts'
import { Program, tensor, type Tensor } from '../compile/program.ts'
import { ATTRIBUTE, ModelProto, type IModelProto, type INodeProto } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import { Graph } from '../graph/graph.ts'
import { verify } from '../graph/verify.ts'
import { add, matmul, mul, reduceSum, relu } from '../ops/build.ts'
import { attachHead } from './attach-head.ts'
import { importModel } from './import-model.ts'
import { inspect } from './inspect.ts'

type Dims = readonly (number | string)[]
const port = (name: string, dims: Dims, elemType = 1): object => ({ name, type: { tensorType: { elemType, shape: { dim: dims.map((d) => (typeof d === 'number' ? { dimValue: d } : { dimParam: d })) } } } })
const wave = (n: number, scale = 1): Float32Array => Float32Array.from({ length: n }, (_, i) => scale * Math.sin(1 + 0.7 * i))
const weight = (name: string, dims: readonly number[], data: Float32Array | BigInt64Array | Uint8Array): object => ({ name, dims: [...dims], dataType: data instanceof Float32Array ? 1 : data instanceof BigInt64Array ? 7 : 9, rawData: new Uint8Array(data.buffer) })
const i = (name: string, v: number): object => ({ name, type: ATTRIBUTE.INT, i: v })
const f = (name: string, v: number): object => ({ name, type: ATTRIBUTE.FLOAT, f: v })
const s = (name: string, v: string): object => ({ name, type: ATTRIBUTE.STRING, s: Buffer.from(v) })
const is = (name: string, ...v: number[]): object => ({ name, type: ATTRIBUTE.INTS, ints: v })
const fs = (name: string, ...v: number[]): object => ({ name, type: ATTRIBUTE.FLOATS, floats: v })

interface Small {
  readonly opset: number
  readonly node: readonly INodeProto[]
  readonly x: Dims
  readonly weights?: readonly object[]
  readonly outputs?: readonly string[]
  readonly more?: IModelProto
}

function encode({ opset, node, x, weights = [], outputs = ['y'], more = {} }: Small): Uint8Array {
  const ir = opset < 9 ? 3 : 8
  const names = weights.map((w) => port((w as { name: string }).name, (w as { dims: number[] }).dims, (w as { dataType: number }).dataType))
  return ModelProto.encode({
    irVersion: ir,
    opsetImport: [{ domain: '', version: opset }],
    graph: { name: 'small', node: [...node], input: [port('x', x), ...(ir < 4 ? names : [])], initializer: [...weights], output: outputs.map((name) => ({ name })) },
    ...more,
  }).finish()
}

/** Outputs of the file run by ORT and of its round trip, which must be equal bit for bit. */
async function roundTrip(bytes: Uint8Array, shape: readonly number[]): Promise<Record<string, Tensor>> {
  const model = importModel(bytes)
  verify(model.graph)
  const feeds = { x: tensor('float32', wave(shape.reduce((a, b) => a * b, 1)), shape) }
  await using direct = await Program.load('file', bytes)
  await using again = await Program.load('again', modelBytes(model.graph, { parameters: model.parameters, opset: model.exportOpset }))
  const [want, found] = [await direct.run(feeds), await again.run(feeds)]
  expect(Object.keys(found)).toEqual(Object.keys(want))
  for (const [name, w] of Object.entries(want)) {
    expect({ ...found[name], data: undefined }, name).toEqual({ ...w, data: undefined })
    expect(Array.from(found[name]?.data as ArrayLike<number>), name).toEqual(Array.from(w.data as ArrayLike<number>))
  }
  return found
}

const kernel = (dims: readonly number[]): object => weight('w', dims, wave(dims.reduce((a, b) => a * b, 1), 0.5))
const only = (opType: string, attribute: readonly object[], input: readonly string[] = ['x']): INodeProto[] => [{ opType, input: [...input], output: ['y'], attribute: [...attribute] }]

describe('old and other forms of operators', () => {
  const cases: Readonly<Record<string, Small & { readonly shape?: readonly number[] }>> = {
    'Upsample 7, nearest': { opset: 7, x: [1, 1, 2, 3], node: only('Upsample', [fs('scales', 1, 1, 2, 3), s('mode', 'nearest')]) },
    'Upsample 9, linear': { opset: 9, x: [1, 1, 3, 3], node: only('Upsample', [s('mode', 'linear')], ['x', 'w']), weights: [weight('w', [4], Float32Array.of(1, 1, 2, 2))] },
    'Resize 10': { opset: 10, x: [1, 1, 4, 4], node: only('Resize', [s('mode', 'linear')], ['x', 'w']), weights: [weight('w', [4], Float32Array.of(1, 1, 0.5, 0.5))] },
    'Resize 11 with empty scales': { opset: 11, x: [1, 1, 4, 4], node: only('Resize', [s('mode', 'nearest'), s('coordinate_transformation_mode', 'asymmetric')], ['x', 'w', 'w', 'v']), weights: [weight('w', [0], new Float32Array(0)), weight('v', [4], BigInt64Array.of(1n, 1n, 7n, 3n))] },
    'Clip 6': { opset: 9, x: [6], node: only('Clip', [f('max', 0.25)]) },
    'Slice 1': { opset: 9, x: [4, 5], node: only('Slice', [is('starts', 1, -3), is('ends', 3, 100)]) },
    'Pad 2': { opset: 10, x: [2, 3], node: only('Pad', [is('pads', 1, 0, 0, 2), f('value', 0.5)]) },
    'Pad 18 along some axes': { opset: 18, x: [2, 3], node: only('Pad', [], ['x', 'w', '', 'v']), weights: [weight('w', [2], BigInt64Array.of(1n, 2n)), weight('v', [1], BigInt64Array.of(-1n))] },
    'Split 2 in equal parts': { opset: 11, x: [2, 6], node: [{ opType: 'Split', input: ['x'], output: ['y', 'z'], attribute: [i('axis', 1)] }], outputs: ['y', 'z'] },
    'Split 18 in unequal parts': { opset: 18, x: [2, 5], node: [{ opType: 'Split', input: ['x'], output: ['y', 'z'], attribute: [i('axis', 1), i('num_outputs', 2)] }], outputs: ['y', 'z'] },
    'Squeeze without axes': { opset: 12, x: [1, 3, 1], node: only('Squeeze', []) },
    'Dropout 7 with its mask': { opset: 10, x: [2, 3], node: [{ opType: 'Dropout', input: ['x'], output: ['y', 'm'], attribute: [f('ratio', 0.3)] }], outputs: ['y', 'm'] },
    'Dropout 13 with its mask': { opset: 13, x: ['n', 3], shape: [2, 3], node: [{ opType: 'Dropout', input: ['x'], output: ['y', 'm'] }], outputs: ['y', 'm'] },
    'TopK 1': { opset: 9, x: [2, 4], node: [{ opType: 'TopK', input: ['x'], output: ['y', 'z'], attribute: [i('k', 2)] }], outputs: ['y', 'z'] },
    'Softmax 11 over several axes': { opset: 11, x: [2, 3, 2], node: only('Softmax', []) },
    'LogSoftmax 11 from the first axis': { opset: 11, x: [2, 3], node: only('LogSoftmax', [i('axis', 0)]) },
    'reductions with axes as an attribute': { opset: 11, x: [2, 3, 2], node: [{ opType: 'ReduceMean', input: ['x'], output: ['a'], attribute: [is('axes', -1), i('keepdims', 0)] }, { opType: 'ReduceL2', input: ['a'], output: ['y'], attribute: [is('axes', 0)] }] },
    'BatchNormalization 9': { opset: 9, x: [2, 2, 3], node: only('BatchNormalization', [f('epsilon', 0.01)], ['x', 'a', 'b', 'c', 'd']), weights: ['a', 'b', 'c', 'd'].map((n) => weight(n, [2], Float32Array.of(0.5, 1.5))) },
    'Conv SAME_UPPER': { opset: 11, x: [1, 2, 5, 6], node: only('Conv', [s('auto_pad', 'SAME_UPPER'), is('strides', 2, 2)], ['x', 'w']), weights: [kernel([3, 2, 3, 2])] },
    'Conv SAME_LOWER': { opset: 11, x: [1, 2, 5, 6], node: only('Conv', [s('auto_pad', 'SAME_LOWER'), is('strides', 1, 2)], ['x', 'w']), weights: [kernel([3, 2, 2, 2])] },
    'Conv SAME_UPPER of unknown size': { opset: 11, x: [1, 2, 'h', 'w2'], shape: [1, 2, 5, 4], node: only('Conv', [s('auto_pad', 'SAME_UPPER')], ['x', 'w']), weights: [kernel([3, 2, 2, 3])] },
    'Conv VALID': { opset: 11, x: [1, 2, 5, 6], node: only('Conv', [s('auto_pad', 'VALID')], ['x', 'w']), weights: [kernel([3, 2, 3, 3])] },
    'MaxPool ceil_mode': { opset: 12, x: [1, 1, 6, 7], node: only('MaxPool', [is('kernel_shape', 3, 3), is('strides', 2, 2), i('ceil_mode', 1)]) },
    'MaxPool SAME_UPPER': { opset: 8, x: [1, 1, 5, 5], node: only('MaxPool', [is('kernel_shape', 2, 2), is('strides', 2, 2), s('auto_pad', 'SAME_UPPER'), i('storage_order', 0)]) },
    'AveragePool ceil_mode': { opset: 11, x: [1, 1, 6, 7], node: only('AveragePool', [is('kernel_shape', 3, 3), is('strides', 2, 2), i('ceil_mode', 1)]) },
    'LpPool SAME_UPPER': { opset: 18, x: [1, 1, 5, 5], node: only('LpPool', [is('kernel_shape', 2, 2), is('strides', 2, 2), i('p', 3), s('auto_pad', 'SAME_UPPER')]) },
    'LpPool ceil_mode': { opset: 18, x: [1, 1, 6, 7], node: only('LpPool', [is('kernel_shape', 3, 3), is('strides', 2, 2), i('ceil_mode', 1)]) },
    'QuantizeLinear 21 to a named type': { opset: 21, x: [4], node: [{ opType: 'QuantizeLinear', input: ['x', 's'], output: ['y'], attribute: [i('output_dtype', 3), i('saturate', 1)] }, { opType: 'DequantizeLinear', input: ['y', 's'], output: ['z'], attribute: [i('block_size', 0)] }], outputs: ['y', 'z'], weights: [weight('s', [], Float32Array.of(0.25))] },
    'QuantizeLinear 21 to 16 bits': { opset: 21, x: [4], node: [{ opType: 'QuantizeLinear', input: ['x', 's'], output: ['y'], attribute: [i('output_dtype', 5)] }, { opType: 'DequantizeLinear', input: ['y', 's'], output: ['z'] }], outputs: ['y', 'z'], weights: [weight('s', [], Float32Array.of(1e-4))] },
    'ConvTranspose with output_shape': { opset: 11, x: [1, 1, 3, 3], node: only('ConvTranspose', [is('strides', 2, 2), is('output_shape', 6, 5)], ['x', 'w']), weights: [kernel([1, 2, 3, 3])] },
    'ConvTranspose SAME_UPPER': { opset: 11, x: [1, 1, 3, 3], node: only('ConvTranspose', [is('strides', 2, 2), s('auto_pad', 'SAME_UPPER')], ['x', 'w']), weights: [kernel([1, 1, 3, 3])] },
    'Max of three': { opset: 12, x: [4], node: only('Max', [], ['x', 'w', 'v']), weights: [weight('w', [4], wave(4, -1)), weight('v', [1], Float32Array.of(0.1))] },
    'Pow with integers': { opset: 15, x: [4], node: only('Pow', [], ['x', 'w']), weights: [weight('w', [1], BigInt64Array.of(3n))] },
    'GroupNormalization 18, a scale a group': { opset: 18, x: [1, 4, 3], node: only('GroupNormalization', [i('num_groups', 2)], ['x', 'a', 'b']), weights: ['a', 'b'].map((n) => weight(n, [2], Float32Array.of(0.5, 1.5))) },
    'GroupNormalization 21, a scale a channel': { opset: 21, x: [1, 4, 3], node: only('GroupNormalization', [i('num_groups', 2)], ['x', 'a', 'b']), weights: ['a', 'b'].map((n) => weight(n, [4], wave(4))) },
    'opset 24': { opset: 24, x: [2, 1, 4, 4], node: [{ opType: 'Pad', input: ['x', 'p'], output: ['a'] }, { opType: 'AveragePool', input: ['a'], output: ['b'], attribute: [is('kernel_shape', 2, 2)] }, { opType: 'Reshape', input: ['b', 's'], output: ['c'] }, { opType: 'Cast', input: ['c'], output: ['d'], attribute: [i('to', 7), i('saturate', 1)] }, { opType: 'Softmax', input: ['c'], output: ['y'] }], outputs: ['y', 'd'], weights: [weight('p', [8], BigInt64Array.of(0n, 0n, 1n, 0n, 0n, 0n, 0n, 1n)), weight('s', [2], BigInt64Array.of(0n, -1n))] },
    'If whose condition is known': {
      opset: 13,
      x: [3],
      node: [{ opType: 'If', input: ['w'], output: ['y'], attribute: [{ name: 'then_branch', type: ATTRIBUTE.GRAPH, g: { name: 't', node: [{ opType: 'Neg', input: ['x'], output: ['t'] }], output: [{ name: 't' }] } }, { name: 'else_branch', type: ATTRIBUTE.GRAPH, g: { name: 'e', node: [{ opType: 'Abs', input: ['x'], output: ['e'] }], output: [{ name: 'e' }] } }] }],
      weights: [weight('w', [], new Uint8Array([1]))],
    },
    'shapes computed as exporters do': {
      opset: 13,
      x: ['n', 3, 4],
      shape: [2, 3, 4],
      node: [
        { opType: 'Shape', input: ['x'], output: ['s'] },
        { opType: 'Gather', input: ['s', 'zero'], output: ['n'] },
        { opType: 'Unsqueeze', input: ['n', 'axis'], output: ['n1'] },
        { opType: 'Concat', input: ['n1', 'tail'], output: ['target'], attribute: [i('axis', 0)] },
        { opType: 'Reshape', input: ['x', 'target'], output: ['r'] },
        { opType: 'MatMul', input: ['r', 'm'], output: ['y'] },
      ],
      weights: [weight('zero', [], BigInt64Array.of(0n)), weight('axis', [1], BigInt64Array.of(0n)), weight('tail', [1], BigInt64Array.of(12n)), weight('m', [12, 2], wave(24))],
    },
  }

  it.each(Object.entries(cases))('%s', async (_, small) => {
    await roundTrip(encode(small), small.shape ?? small.x.map(Number))
  })

  it('function of the file, with an attribute of its call', async () => {
    const bytes = encode({
      opset: 15,
      x: [4],
      node: [{ opType: 'leak', domain: 'own', input: ['x'], output: ['y'], attribute: [f('slope', 0.25)] }],
      more: {
        opsetImport: [{ domain: '', version: 15 }, { domain: 'own', version: 1 }],
        functions: [{ name: 'leak', domain: 'own', input: ['a'], output: ['b'], attribute: ['slope'], opsetImport: [{ domain: '', version: 15 }], node: [{ opType: 'LeakyRelu', input: ['a'], output: ['b'], attribute: [{ name: 'alpha', refAttrName: 'slope', type: ATTRIBUTE.FLOAT }] }] }],
      },
    })
    const { y } = await roundTrip(bytes, [4])
    expect(Array.from(y?.data as Float32Array)).toEqual(Array.from(wave(4), (v) => Math.fround(v < 0 ? v * 0.25 : v)))
  })

  it('keeps sizes that follow from the input', () => {
    const { graph } = importModel(encode(cases['shapes computed as exporters do'] as Small))
    expect(graph.outputs.get('y')?.shape).toEqual(['n', 2])
  })
})

/** relu(x · w + b), trained as `b` and `w`. */
function dense(): Uint8Array {
  const g = new Graph('dense')
  g.output('Add_3', relu(add(matmul(g.input('x', 'float32', ['N', 3]), g.parameter('layer.w', [3, 4])), g.parameter('layer.b', [4]))))
  return modelBytes(g, { parameters: new Map([['layer.w', wave(12)], ['layer.b', wave(4)]]), metadata: { task: 'ünïcode' }, producer: { name: 'p', version: '1' } })
}

describe('what an imported model is', () => {
  it('has parameters, metadata and opsets', () => {
    const model = importModel(dense())
    expect(Object.fromEntries(model.parameters)).toEqual({ 'layer.w': wave(12), 'layer.b': wave(4) })
    expect([...model.trainable]).toEqual(['layer.w', 'layer.b'])
    expect(model).toMatchObject({ metadata: { task: 'ünïcode' }, opset: 18, exportOpset: 18, producer: 'p 1' })
    expect([...importModel(dense(), { trainable: /\.b$/g }).trainable]).toEqual(['layer.b'])
  })

  it('does not train statistics and single numbers', () => {
    const weights = [...['a', 'b', 'c', 'd'].map((n) => weight(n, [2], Float32Array.of(0.5, 1.5))), weight('one', [1], Float32Array.of(2))]
    const model = importModel(encode({ opset: 15, x: ['n', 2], node: [{ opType: 'BatchNormalization', input: ['x', 'a', 'b', 'c', 'd'], output: ['h'] }, { opType: 'Mul', input: ['h', 'one'], output: ['y'] }], weights }))
    expect([...model.trainable]).toEqual(['a', 'b'])
    expect([...model.parameters.keys()]).toEqual(['a', 'b', 'c', 'd', 'one'])
  })

  it('has weights that stand in nodes, as some exporters write them, but no numbers of a formula', async () => {
    const held = (name: string, dims: readonly number[], data: Float32Array): INodeProto => ({ opType: 'Constant', input: [], output: [name], attribute: [{ name: 'value', type: ATTRIBUTE.TENSOR, t: weight('', dims, data) }] })
    const node: INodeProto[] = [held('w', [5, 2, 3, 3], wave(90)), held('two', [], Float32Array.of(2)), held('low', [1], Float32Array.of(0)), { opType: 'Conv', input: ['x', 'w'], output: ['h'] }, { opType: 'Mul', input: ['h', 'two'], output: ['m'] }, { opType: 'Clip', input: ['m', 'low'], output: ['y'] }]
    const bytes = encode({ opset: 13, x: ['n', 2, 4, 4], node })
    const model = importModel(bytes)
    expect(Object.fromEntries(model.parameters)).toEqual({ w: wave(90) })
    expect([...model.trainable]).toEqual(['w'])
    expect(inspect(bytes, 'm').parameters).toBe(90)
    await roundTrip(bytes, [3, 2, 4, 4])
    // Beside weights of the file, constants are what they are called.
    const both = encode({ opset: 13, x: ['n', 2], node: [held('mean', [2], wave(2)), { opType: 'Sub', input: ['x', 'mean'], output: ['h'] }, { opType: 'MatMul', input: ['h', 'w'], output: ['y'] }], weights: [weight('w', [2, 3], wave(6))] })
    expect([...importModel(both).parameters.keys()]).toEqual(['w'])
    expect(inspect(both, 'm').parameters).toBe(6)
  })

  it('is read the same again, with the names of its inputs and outputs', () => {
    const once = importModel(dense())
    const bytes = modelBytes(once.graph, { parameters: once.parameters, metadata: once.metadata })
    expect(Buffer.from(bytes).equals(modelBytes(importModel(bytes).graph, { parameters: once.parameters, metadata: once.metadata }))).toBe(true)
    expect(inspect(bytes, 'm')).toMatchObject({ inputs: [{ name: 'x', shape: ['N', 3] }], outputs: [{ name: 'Add_3' }], parameters: 16 })
  })

  it('takes sizes for symbols', () => {
    const bytes = encode({ opset: 13, x: ['n', '2*k', ''], node: only('Relu', []) })
    expect(importModel(bytes).graph.inputs[0]?.shape).toEqual(['n', expect.stringMatching(/^d?2_k_\w+$/), 'x_2'])
    expect(importModel(bytes, { sizes: { n: 4, '2*k': 'k2', x_2: 3 } }).graph.outputs.get('y')?.shape).toEqual([4, 'k2', 3])
  })

  it('gives gradients to parameters, inputs and inner values', async () => {
    const model = importModel(dense())
    const { graph } = model
    const y = graph.outputs.get('Add_3')
    const [x, w] = [graph.inputs[0], graph.parameters[0]]
    if (!y || !x || !w) throw new Error('parts are missing')
    const [dw, dx] = gradients(reduceSum(mul(y, y)), [w, x])
    if (!dw || !dx) throw new Error('gradients are missing')
    graph.output('dw', dw)
    graph.output('dx', dx)
    await using program = await Program.create(graph, { parameters: model.parameters })
    const out = await program.run({ x: tensor('float32', wave(6), [2, 3]) })
    const data = (name: string): Float32Array => out[name]?.data as Float32Array
    const h = data('Add_3')
    const expected = Array.from({ length: 12 }, (_, e) => [0, 1].reduce((sum, n) => sum + 2 * (wave(6)[n * 3 + Math.floor(e / 4)] ?? 0) * (h[n * 4 + (e % 4)] ?? 0), 0))
    data('dw').forEach((v, e) => {
      expect(v).toBeCloseTo(expected[e] ?? NaN, 5)
    })
    expect(out['dx']?.shape).toEqual([2, 3])
  })

  it('takes a new head at an inner value', async () => {
    const model = importModel(encode({ opset: 13, x: ['n', 2, 4, 4], node: [{ opType: 'Conv', input: ['x', 'w'], output: ['features'] }, { opType: 'Relu', input: ['features'], output: ['y'] }], weights: [kernel([5, 2, 3, 3])] }), { trainable: /none/ })
    const { graph, parameters, trainable } = attachHead(model, 'features', 3, 7)
    expect([...graph.outputs].map(([name, v]) => [name, v.shape])).toEqual([['logits', ['n', 3]]])
    expect([...trainable]).toEqual(['head.weight', 'head.bias'])
    await using program = await Program.create(graph, { parameters })
    const out = await program.run({ x: tensor('float32', wave(64), [2, 2, 4, 4]) })
    expect(out['logits']?.shape).toEqual([2, 3])
    expect(new Set(out['logits']?.data as Float32Array).size).toBe(6)
    expect(() => attachHead(model, 'nothing', 3)).toThrow("the model has no value 'nothing'; it has x, features, y")
  })
})

describe('what cannot be opened', () => {
  const details = (bytes: Uint8Array): unknown => {
    try {
      importModel(bytes, { name: 'm.onnx' })
      return 'opened'
    } catch (error) {
      return error instanceof LatheError ? { kind: error.kind, message: error.message, ...error.details } : error
    }
  }

  it('names node, operator, domain and opset', () => {
    const bytes = encode({ opset: 12, x: [2], node: [{ name: 'odd one', opType: 'Whirl', domain: 'org.example', input: ['x'], output: ['y'] }], more: { opsetImport: [{ domain: '', version: 12 }, { domain: 'org.example', version: 3 }] } })
    expect(details(bytes)).toMatchObject({
      kind: 'graph',
      message: "m.onnx: node 'odd one' (operator Whirl, domain org.example, opset 3): the operator is not supported",
      node: 'odd one',
      operator: 'Whirl',
      domain: 'org.example',
      opset: 3,
      unsupported: 'operator',
      path: 'm.onnx',
    })
  })

  it.each([
    ['an attribute', encode({ opset: 13, x: [2, 2], node: only('Transpose', [is('perm', 1, 0), i('turbo', 1)]) }), /operator Transpose, domain ai.onnx, opset 13\): attribute '': Unrecognized key: "turbo"/],
    ['control flow', encode({ opset: 13, x: [2], node: only('Loop', []) }), /operator Loop.*not supported/],
    ['an undefined input', encode({ opset: 13, x: [2], node: only('Relu', [], ['z']) }), /its input 'z' is made by nothing before it/],
    ['an output defined twice', encode({ opset: 13, x: [2], node: [...only('Relu', []), ...only('Neg', [])] }), /its output 'y' is defined already/],
    ['an output that nothing makes', encode({ opset: 13, x: [2], node: only('Relu', []), outputs: ['q'] }), /output 'q' is made by no node/],
    ['shapes that do not fit', encode({ opset: 13, x: ['n', 3], node: only('MatMul', [], ['x', 'w']), weights: [kernel([4, 2])] }), /operator MatMul.*3.*4/],
    ['a newer opset', encode({ opset: 99, x: [2], node: only('Relu', []) }), /uses opset 99; 26 is the newest/],
    ['an input that is no tensor', encode({ opset: 13, x: [2], node: only('Relu', []), more: { graph: { name: 'g', input: [{ name: 'x', type: { sequenceType: {} } }], output: [{ name: 'x' }] } } }), /input 'x' is a sequence; only tensors are supported/],
    ['an input of bfloat16', encode({ opset: 13, x: [2], node: [], more: { graph: { name: 'g', input: [port('x', [2], 16)], output: [{ name: 'x' }] } } }), /input 'x' has element type bfloat16/],
    ['no model', Buffer.from('GIF89a, and no model at all'), /its bytes do not decode/],
    ['nothing', new Uint8Array(0), /the file is empty/],
  ])('%s', (_, bytes, message) => {
    expect(details(bytes)).toMatchObject({ kind: 'graph', message: expect.stringMatching(message) as string })
  })
})
