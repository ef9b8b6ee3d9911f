// Property-based shapes: random ranks, sizes and attributes; what is inferred, with numbers and with a symbol, is what ORT returns.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evalDim } from '../../test/support/eval-dim.ts'
import { Program, tensor } from '../compile/program.ts'
import { isFree } from '../graph/dims.ts'
import { GraphError } from '../graph/errors.ts'
import { Graph, type Value } from '../graph/graph.ts'
import type { DType, Shape } from '../graph/types.ts'
import * as op from './build.ts'
import { typed } from './support/rule.ts'

interface Input {
  readonly shape: readonly number[]
  readonly dtype?: DType
  /** Elements lie in 0..below-1; floating ones in 0.5..1.5 where left out. */
  readonly below?: number
}

interface Case {
  readonly inputs: readonly Input[]
  readonly build: (...v: Value[]) => Value | readonly Value[]
  readonly says: unknown
}

const RUNS = 40
const SEED = 20260
/** A size that takes this value becomes `N` in the second inference, everywhere. */
const SYMBOL = 3

const size = fc.integer({ min: 1, max: 4 })
const shapeOf = (min: number, max: number): fc.Arbitrary<number[]> => fc.array(size, { minLength: min, maxLength: max })
const axisOf = (rank: number): fc.Arbitrary<number> => fc.integer({ min: -rank, max: rank - 1 })
const positive = (rank: number): number[] => Array.from({ length: rank }, (_, i) => i)
const bool = (shape: readonly number[]): Input => ({ shape, dtype: 'bool', below: 2 })
const index = (shape: readonly number[], below: number): Input => ({ shape, dtype: 'int64', below })
const at = (list: readonly number[], axis: number): number => list[axis < 0 ? axis + list.length : axis] ?? NaN
const made = (says: unknown, inputs: readonly Input[], build: Case['build']): Case => ({ says, inputs, build })

/** Shapes that broadcast together: leading axes dropped, others set to 1. */
const broadcasting = (count: number): fc.Arbitrary<number[][]> =>
  shapeOf(0, 4).chain((full) => fc.tuple(...Array.from({ length: count }, () => fc.tuple(fc.integer({ min: 0, max: full.length }), fc.array(fc.boolean(), { minLength: full.length, maxLength: full.length })).map(([drop, ones]) => full.map((d, i) => (ones[i] ? 1 : d)).slice(drop)))))

const two = (f: (a: Value, b: Value) => Value, dtype: DType = 'float32', below?: number): fc.Arbitrary<Case> => broadcasting(2).map((shapes) => made(shapes, shapes.map((shape) => ({ shape, dtype, ...(below !== undefined && { below }) })), f as Case['build']))
const one = (f: (x: Value) => Value | readonly Value[], min = 0, dtype: DType = 'float32'): fc.Arbitrary<Case> => shapeOf(min, 4).map((shape) => made(shape, [{ shape, dtype, ...(dtype === 'bool' && { below: 2 }) }], f))
const along = (f: (x: Value, axis: number) => Value | readonly Value[]): fc.Arbitrary<Case> => shapeOf(1, 4).chain((shape) => axisOf(shape.length).map((axis) => made({ shape, axis }, [{ shape }], (x) => f(x, axis))))
const overAxes = (f: (x: Value, axes: readonly number[] | null, keep: boolean) => Value): fc.Arbitrary<Case> =>
  shapeOf(1, 4).chain((shape) =>
    fc.tuple(fc.option(fc.subarray(positive(shape.length), { minLength: 1 })), fc.boolean(), fc.boolean()).map(([some, keep, fromEnd]) => {
      const axes = some && fromEnd ? some.map((a) => a - shape.length) : some
      return made({ shape, axes, keep }, [{ shape }], (x) => f(x, axes, keep))
    }),
  )

const image = fc.record({ n: size, c: fc.integer({ min: 1, max: 3 }), h: fc.integer({ min: 4, max: 9 }), w: fc.integer({ min: 4, max: 9 }) })
const windows = fc.record({ kernel: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })), strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })) })

const cases: Readonly<Record<string, fc.Arbitrary<Case>>> = {
  Add: two(op.add),
  Pow: two(op.pow),
  Max: two(op.max),
  Less: two(op.less),
  Xor: two(op.xor, 'bool', 2),
  BitwiseOr: two(op.bitwiseOr, 'int32', 8),
  BitShift: two((a, b) => op.bitShift(a, b, 'LEFT'), 'uint32', 8),
  Mod: two(op.mod),
  Sum: fc.integer({ min: 1, max: 4 }).chain((n) => broadcasting(n).map((shapes) => made(shapes, shapes.map((shape) => ({ shape })), (...xs) => op.sum(xs)))),
  Mean: broadcasting(3).map((shapes) => made(shapes, shapes.map((shape) => ({ shape })), (...xs) => op.mean(xs))),
  Where: broadcasting(3).map(([c = [], a = [], b = []]) => made([c, a, b], [bool(c), { shape: a }, { shape: b }], (x, y, z) => op.where(x, y, z))),
  Expand: broadcasting(2).map(([x = [], to = []]) => made({ x, to }, [{ shape: x }], (v) => op.expand(v, to))),
  Relu: one(op.relu),
  IsNaN: one(op.isNaN),
  Cast: one((x) => op.cast(x, 'int32')),
  Not: one(op.not, 0, 'bool'),
  Shape: one(op.shape),
  Size: one(op.size),
  NonZero: one(op.nonZero, 1),
  Unique: one((x) => Object.values(op.unique(x)), 1),
  Trilu: one((x) => op.trilu(x), 2),
  GlobalAveragePool: one((x) => op.globalAveragePool(x), 3),
  ReduceSum: overAxes(op.reduceSum),
  ReduceMax: overAxes(op.reduceMax),
  ReduceMean: overAxes(op.reduceMean),
  ReduceL2: overAxes(op.reduceL2),
  ReduceProd: overAxes(op.reduceProd),
  ReduceLogSumExp: overAxes(op.reduceLogSumExp),
  ReduceSumSquare: overAxes(op.reduceSumSquare),
  Softmax: along(op.softmax),
  CumSum: along((x, axis) => op.cumSum(x, axis)),
  ArgMin: along((x, axis) => [op.argMin(x, axis), op.argMin(x, axis, true)]),
  Hardmax: along(op.hardmax),
  Flatten: along(op.flatten),
  TopK: along((x, axis) => op.topK(x, 1, axis)),
  Unsqueeze: shapeOf(0, 3).chain((shape) => fc.subarray(positive(shape.length + 2), { minLength: 2, maxLength: 2 }).map((axes) => made({ shape, axes }, [{ shape }], (x) => op.unsqueeze(x, axes)))),
  Squeeze: shapeOf(1, 4).chain((shape) => fc.constant(shape.flatMap((d, i) => (d === 1 ? [i] : []))).map((axes) => made({ shape, axes }, [{ shape }], (x) => op.squeeze(x, axes)))),
  Transpose: shapeOf(1, 4).chain((shape) => fc.shuffledSubarray(positive(shape.length), { minLength: shape.length }).map((perm) => made({ shape, perm }, [{ shape }], (x) => op.transpose(x, perm)))),
  Reshape: shapeOf(1, 4).chain((shape) => fc.record({ cut: fc.integer({ min: 0, max: shape.length }), open: fc.boolean() }).map(({ cut, open }) => {
    const tail = shape.slice(cut).reduce((a, b) => a * b, 1)
    const target = [...shape.slice(0, cut).map((d) => (open ? 0 : d)), open ? -1 : tail]
    return made({ shape, target }, [{ shape }], (x) => op.reshape(x, target))
  })),
  Tile: shapeOf(1, 4).chain((shape) => fc.array(fc.integer({ min: 0, max: 3 }), { minLength: shape.length, maxLength: shape.length }).map((repeats) => made({ shape, repeats }, [{ shape }], (x) => op.tile(x, repeats)))),
  Pad: shapeOf(1, 3).chain((shape) => fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2 * shape.length, maxLength: 2 * shape.length }).map((pads) => made({ shape, pads }, [{ shape }], (x) => op.pad(x, pads)))),
  Slice: shapeOf(1, 4).chain((shape) => fc.subarray(positive(shape.length), { minLength: 1 }).chain((axes) => {
    const each = (v: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(v, { minLength: axes.length, maxLength: axes.length })
    const edge = fc.integer({ min: -6, max: 6 })
    return fc.record({ starts: each(edge), ends: each(fc.oneof(edge, fc.constant(op.END))), steps: each(fc.constantFrom(1, 1, 2, 3, -1, -2)) }).map((spec) => made({ shape, axes, ...spec }, [{ shape }], (x) => op.slice(x, { axes, ...spec })))
  })),
  Split: shapeOf(1, 4).chain((shape) => axisOf(shape.length).chain((axis) => fc.integer({ min: 0, max: at(shape, axis) }).map((first) => made({ shape, axis, first }, [{ shape }], (x) => op.split(x, [first, at(shape, axis) - first], axis))))),
  Concat: shapeOf(1, 4).chain((shape) => fc.tuple(axisOf(shape.length), fc.array(size, { minLength: 1, maxLength: 3 })).map(([axis, sizes]) => made({ shape, axis, sizes }, sizes.map((d) => ({ shape: shape.map((s, i) => (i === (axis + shape.length) % shape.length ? d : s)) })), (...xs) => op.concat(xs, axis)))),
  Gather: fc.tuple(shapeOf(1, 4), shapeOf(0, 2)).chain(([shape, indices]) => axisOf(shape.length).map((axis) => made({ shape, indices, axis }, [{ shape }, index(indices, at(shape, axis))], (x, i) => op.gather(x, i, axis)))),
  GatherElements: shapeOf(1, 3).chain((shape) => fc.tuple(axisOf(shape.length), size).map(([axis, n]) => made({ shape, axis, n }, [{ shape }, index(shape.map((d, i) => (i === (axis + shape.length) % shape.length ? n : d)), at(shape, axis))], (x, i) => op.gatherElements(x, i, axis)))),
  GatherND: fc.tuple(shapeOf(1, 4), shapeOf(0, 2)).chain(([shape, lead]) => fc.integer({ min: 1, max: shape.length }).map((depth) => made({ shape, lead, depth }, [{ shape }, index([...lead, depth], Math.min(...shape.slice(0, depth)))], (x, i) => op.gatherND(x, i)))),
  Compress: shapeOf(1, 3).chain((shape) => fc.option(axisOf(shape.length), { nil: undefined }).map((axis) => made({ shape, axis }, [{ shape }, bool([axis === undefined ? shape.reduce((a, b) => a * b, 1) : at(shape, axis)])], (x, c) => op.compress(x, c, axis)))),
  OneHot: shapeOf(1, 3).chain((shape) => fc.tuple(axisOf(shape.length + 1), size).map(([axis, depth]) => made({ shape, axis, depth }, [index(shape, depth)], (i) => op.oneHot(i, depth, axis)))),
  ReverseSequence: fc.tuple(shapeOf(2, 4), fc.boolean()).map(([shape, batchFirst]) => made({ shape, batchFirst }, [{ shape }, index([shape[batchFirst ? 0 : 1] ?? NaN], (shape[batchFirst ? 1 : 0] ?? NaN) + 1)], (x, n) => op.reverseSequence(x, n, batchFirst))),
  Range: fc.record({ start: fc.integer({ min: -5, max: 5 }), limit: fc.integer({ min: -5, max: 5 }), delta: fc.constantFrom(-3, -1, 1, 2) }).map((r) => made(r, [{ shape: [SYMBOL] }], (x) => [op.range(x.graph, r.start, r.limit, r.delta), x])),
  'Range of float32': fc.record({ start: fc.integer({ min: -9, max: 9 }), limit: fc.integer({ min: -9, max: 9 }), delta: fc.constantFrom(-3, -1, 1, 2) }).map((r) => made(r, [{ shape: [SYMBOL] }], (x) => [op.range(x.graph, r.start / 10, r.limit / 10, r.delta / 10, 'float32'), x])),
  EyeLike: fc.tuple(size, size, fc.integer({ min: -2, max: 2 })).map(([a, b, k]) => made({ a, b, k }, [{ shape: [a, b] }], (x) => op.eyeLike(x, { k }))),
  DepthToSpace: fc.tuple(image, fc.integer({ min: 1, max: 3 }), fc.constantFrom('DCR' as const, 'CRD' as const)).map(([{ n, c, h, w }, b, mode]) => made({ n, c, h, w, b, mode }, [{ shape: [n, c * b * b, h, w] }], (x) => op.depthToSpace(x, b, mode))),
  SpaceToDepth: fc.tuple(image, fc.integer({ min: 1, max: 3 })).map(([{ n, c, h, w }, b]) => made({ n, c, h, w, b }, [{ shape: [n, c, h * b, w * b] }], (x) => op.spaceToDepth(x, b))),
  MatMul: fc.tuple(broadcasting(2), size, size, size).map(([[a = [], b = []], m, k, n]) => made({ a, b, m, k, n }, [{ shape: [...a, m, k] }, { shape: [...b, k, n] }], (x, y) => op.matmul(x, y))),
  Gemm: fc.tuple(size, size, size, fc.boolean(), fc.boolean()).map(([m, k, n, transA, transB]) => made({ m, k, n, transA, transB }, [{ shape: transA ? [k, m] : [m, k] }, { shape: transB ? [n, k] : [k, n] }, { shape: [n] }], (a, b, c) => op.gemm(a, b, c, { transA, transB }))),
  Conv: fc.tuple(image, windows, fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 2 }), size).map(([{ n, c, h, w }, { kernel, strides }, pads, dilations, out]) => made({ n, c, h, w, kernel, strides, pads, dilations }, [{ shape: [n, c, h + 1, w + 1] }, { shape: [out, c, ...kernel] }], (x, k) => op.conv(x, k, null, { strides, pads, dilations }))),
  ConvTranspose: fc.tuple(image, windows, size).map(([{ n, c, h, w }, { kernel, strides }, out]) => made({ n, c, h, w, kernel, strides, out }, [{ shape: [n, c, h, w] }, { shape: [c, out, ...kernel] }], (x, k) => op.convTranspose(x, k, null, { strides }))),
  MaxPool: fc.tuple(image, windows).map(([{ n, c, h, w }, { kernel, strides }]) => made({ n, c, h, w, kernel, strides }, [{ shape: [n, c, h, w] }], (x) => op.maxPool(x, { kernel, strides }))),
  AveragePool: fc.tuple(image, windows).map(([{ n, c, h, w }, { kernel, strides }]) => made({ n, c, h, w, kernel, strides }, [{ shape: [n, c, h, w] }], (x) => op.averagePool(x, { kernel, strides }))),
  Resize: fc.tuple(image, fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 8 })).map(([{ n, c, h, w }, th, tw]) => made({ n, c, h, w, th, tw }, [{ shape: [n, c, h, w] }], (x) => op.resize(x, { sizes: [th, tw] }, { axes: [2, 3], mode: 'linear' }))),
}

const isReal = (dtype: DType): boolean => dtype === 'float32'

function build(test: Case, symbolic: boolean): { graph: Graph; inputs: Value[]; outputs: readonly Value[] } {
  const graph = new Graph('shapes')
  const inputs = test.inputs.map(({ shape, dtype = 'float32' }, i) => graph.input(`x${i}`, dtype, symbolic ? shape.map((d) => (d === SYMBOL ? 'N' : d)) : shape))
  const out = test.build(...inputs)
  return { graph, inputs, outputs: Array.isArray(out) ? (out as readonly Value[]) : [out as Value] }
}

async function found(test: Case): Promise<{ dtype: DType; shape: readonly number[]; inferred: Shape }[]> {
  const { graph, inputs, outputs } = build(test, false)
  outputs.forEach((y, i) => {
    graph.output(`y${i}`, y)
  })
  await using program = await Program.create(graph, { optimize: false, threads: 1 })
  const feeds = inputs.map((v, i) => {
    const { shape, below } = test.inputs[i] as Input
    const data = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, e) => (below === undefined && isReal(v.dtype) ? 0.5 + ((e * 37) % 11) / 11 : (e * 7 + 1) % Math.max(below ?? 2, 1)))
    return [v.name, tensor(v.dtype, typed(v.dtype, data), shape)] as const
  })
  const out = await program.run(Object.fromEntries(feeds.filter(([name]) => program.inputs.some((p) => p.name === name))))
  return outputs.map((y, i) => ({ dtype: out[`y${i}`]?.dtype ?? y.dtype, shape: out[`y${i}`]?.shape ?? [NaN], inferred: y.shape }))
}

/** What is inferred with `N` for one size, evaluated; null where the rule says that it must know the size. */
function symbolicShapes(test: Case): (readonly (number | null)[])[] | null {
  try {
    return build(test, true).outputs.map((y) => y.shape.map((d) => (typeof d === 'number' ? d : isFree(d) ? null : evalDim(d, { N: SYMBOL }))))
  } catch (error) {
    if (error instanceof GraphError) return null
    throw error
  }
}

describe('inferred shapes', () => {
  it.each(Object.entries(cases))('%s', async (_name, arbitrary) => {
    let symbolic = 0
    await fc.assert(
      fc.asyncProperty(arbitrary, async (test) => {
        const real = await found(test)
        for (const { shape, inferred } of real) expect(inferred.map((d, i) => (isFree(d) ? shape[i] : d)), JSON.stringify(test.says)).toEqual([...shape])
        const withSymbol = symbolicShapes(test)
        if (!withSymbol || !test.inputs.some((v) => v.shape.includes(SYMBOL))) return
        symbolic++
        withSymbol.forEach((inferred, k) => {
          expect(inferred.map((d, i) => d ?? real[k]?.shape[i]), `with N: ${JSON.stringify(test.says)}`).toEqual([...(real[k]?.shape ?? [])])
        })
      }),
      { numRuns: RUNS, seed: SEED },
    )
    expect(symbolic, 'cases with a symbolic size').toBeGreaterThan(0)
  })
})
