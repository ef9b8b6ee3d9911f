// Programs: what goes in and out, errors that name their cause, disposal.
import { describe, expect, it } from 'vitest'
import { LatheError } from '../contract/errors.ts'
import { Graph } from '../graph/graph.ts'
import { add, cast, gather, mul, relu } from '../ops/build.ts'
import { modelBytes } from './bytes.ts'
import { Program, tensor } from './program.ts'

function doubling(): Graph {
  const g = new Graph('double')
  g.output('y', mul(g.input('x', 'float32', ['N', 2]), 2))
  return g
}
const two = tensor('float32', Float32Array.of(1, 2), [1, 2])

describe('Program', () => {
  it('runs any batch of a symbolic one, and takes its own outputs as inputs', async () => {
    await using program = await Program.create(doubling())
    expect(program.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['N', 2] }])
    expect(program.outputs).toEqual([{ name: 'y', dtype: 'float32', shape: ['N', 2] }])
    const once = await program.run({ x: two })
    const twice = await program.run({ x: once['y'] ?? two })
    expect(twice['y']).toEqual({ dtype: 'float32', shape: [1, 2], data: Float32Array.of(4, 8) })
    expect((await program.run({ x: tensor('float32', new Float32Array(6), [3, 2]) }))['y']?.shape).toEqual([3, 2])
  })

  it('sees what is written into a tensor between runs', async () => {
    await using program = await Program.create(doubling())
    const data = Float32Array.of(1, 1)
    const x = tensor('float32', data, [1, 2])
    await program.run({ x })
    data[0] = 5
    expect((await program.run({ x }))['y']?.data).toEqual(Float32Array.of(10, 2))
  })

  it('takes parameters as inputs or as values', async () => {
    const make = (): Graph => {
      const g = new Graph('bias')
      g.output('y', add(g.input('x', 'float32', [1, 2]), g.parameter('b', [2])))
      return g
    }
    await using fed = await Program.create(make())
    expect(fed.inputs.map((i) => i.name)).toEqual(['x', 'b'])
    expect((await fed.run({ x: two, b: tensor('float32', Float32Array.of(10, 20), [2]) }))['y']?.data).toEqual(Float32Array.of(11, 22))
    await using fixed = await Program.create(make(), { parameters: new Map([['b', Float32Array.of(1, 1)]]) })
    expect(fixed.inputs.map((i) => i.name)).toEqual(['x'])
    expect((await fixed.run({ x: two }))['y']?.data).toEqual(Float32Array.of(2, 3))
    await expect(Program.create(make(), { parameters: new Map() })).rejects.toThrow("parameter 'b' has no value")
    await expect(Program.create(make(), { parameters: new Map([['b', new Float32Array(3)]]) })).rejects.toThrow("parameter 'b' [2] needs 2 numbers, got 3")
  })

  it('refuses feeds that are missing, unknown or of another type', async () => {
    await using program = await Program.create(doubling())
    await expect(program.run({})).rejects.toThrow("program 'double': input 'x' is not fed")
    await expect(program.run({ x: two, z: two })).rejects.toThrow("program 'double' has no input 'z'; it has x")
    await expect(program.run({ x: tensor('float32', Float32Array.of(1, 2), [2]) })).rejects.toThrow("input 'x' is float32 [2], expected float32 [N, 2]")
    await expect(program.run({ x: tensor('int32', Int32Array.of(1, 2), [1, 2]) })).rejects.toThrow("input 'x' is int32 [1, 2], expected float32 [N, 2]")
    expect((await program.run({ x: two }))['y']?.data, 'still runs after errors').toEqual(Float32Array.of(2, 4))
  })

  it('names program and node when ORT fails', async () => {
    const g = new Graph('lookup')
    g.output('y', g.in('embed', () => gather(g.parameter('table', [4]), g.input('i', 'int64', [1]))))
    await using program = await Program.create(g)
    const run = program.run({ i: tensor('int64', BigInt64Array.of(9n), [1]), table: tensor('float32', new Float32Array(4), [4]) })
    await expect(run).rejects.toThrow(/program 'lookup' failed to run: .*embed\/Gather#0/)
    await expect(run).rejects.toMatchObject({ name: 'LatheError', kind: 'graph' })
  })

  it('refuses a broken graph before ORT sees it', async () => {
    await expect(Program.create(new Graph('empty'))).rejects.toThrow("graph 'empty': no outputs are declared")
  })

  it('cannot run after disposal, and is disposed twice without harm', async () => {
    const program = await Program.create(doubling())
    await program[Symbol.asyncDispose]()
    await program[Symbol.asyncDispose]()
    await expect(program.run({ x: two })).rejects.toThrow(LatheError)
    await expect(program.run({ x: two })).rejects.toThrow("program 'double' was disposed and cannot run")
  })

  it('gives inputs, parameters and constants as outputs, and one value under two names', async () => {
    const g = new Graph('through')
    const x = g.input('x', 'float32', [2])
    const y = relu(x)
    g.output('same', x)
    g.output('one', g.scalar(1))
    g.output('y', y)
    g.output('again', y)
    await using program = await Program.create(g)
    const out = await program.run({ x: tensor('float32', Float32Array.of(-1, 2), [2]) })
    expect(Object.fromEntries(Object.entries(out).map(([k, v]) => [k, Array.from(v.data as Float32Array)]))).toEqual({ same: [-1, 2], one: [1], y: [0, 2], again: [0, 2] })
  })

  it('carries every element type', async () => {
    const g = new Graph('types')
    g.output('y', cast(g.input('x', 'uint8', [2]), 'bool'))
    g.output('s', g.input('text', 'string', [1]))
    await using program = await Program.create(g)
    const out = await program.run({ x: tensor('uint8', Uint8Array.of(0, 7), [2]), text: tensor('string', ['naïve'], [1]) })
    expect(Array.from(out['y']?.data as Uint8Array)).toEqual([0, 1])
    expect(out['s']?.data).toEqual(['naïve'])
  })

  it('loads bytes, and says what is wrong with those that are no model', async () => {
    await using program = await Program.load('double.onnx', modelBytes(doubling()))
    expect(program.inputs).toEqual([{ name: 'x', dtype: 'float32', shape: ['N', 2] }])
    expect((await program.run({ x: two }))['y']?.data).toEqual(Float32Array.of(2, 4))
    await expect(Program.load('junk.onnx', Uint8Array.of(1, 2, 3))).rejects.toThrow("program 'junk.onnx' cannot be compiled")
  })
})
