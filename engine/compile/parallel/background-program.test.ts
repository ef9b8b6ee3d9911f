// Programs in threads of their own: what they compute, errors, small numbers, disposal.
import { expect, test } from 'vitest'
import { Graph } from '../../graph/graph.ts'
import { add, gather, mul } from '../../ops/build.ts'
import { Program, type Tensor } from '../program.ts'
import { BackgroundProgram, stageOn } from './background-program.ts'
import { SharedTensors, type Place } from './shared-tensors.ts'

test('runs beside another program on tensors that both see, again and again', async () => {
  const shared = SharedTensors.create({ x: { dtype: 'float32', shape: [2, 3] }, other: { dtype: 'uint8', shape: [5] }, y: { dtype: 'float32', shape: [2, 3] }, z: { dtype: 'float32', shape: [8] } })
  const { x, y, z } = shared.tensors as Record<string, Tensor>
  const graph = (factor: number): Graph => {
    const g = new Graph(`times ${factor}`)
    g.output('y', mul(g.input('x', 'float32', [2, 3]), factor))
    return g
  }
  await using own = await Program.create(graph(2), { threads: 1 })
  const sum = new Graph('sum of ends')
  sum.output('total', add(sum.input('a', 'float32', [2]), sum.input('b', 'float32', [2])))
  const of = (name: string, from: number): Place => shared.stretch(name, from, from + 2)
  await using background = await BackgroundProgram.create([[stageOn(graph(3), shared)], [stageOn(sum, shared, { a: of('z', 0), b: of('z', 2), total: of('z', 5) })]], shared)
  for (let round = 0; round < 50; round++) {
    ;(x!.data as Float32Array).fill(round)
    background.start()
    const mine = await own.run({ x: x! })
    await background.finish()
    expect([...(mine['y']!.data as Float32Array)]).toEqual(new Array(6).fill(2 * round))
    expect([...(y!.data as Float32Array)]).toEqual(new Array(6).fill(3 * round))
  }
  ;(z!.data as Float32Array).set([1, 2, 3, 4])
  background.start(1)
  await background.finish()
  expect([...(z!.data as Float32Array)]).toEqual([1, 2, 3, 4, 0, 4, 6, 0])
})

test('an error of a run names program and cause, and the program runs on', async () => {
  const shared = SharedTensors.create({ i: { dtype: 'int64', shape: [1] }, y: { dtype: 'float32', shape: [1] } })
  const g = new Graph('looks up')
  g.output('y', gather(g.constant(Float32Array.of(5, 6), 'float32', [2]), g.input('i', 'int64', [1]), 0))
  await using background = await BackgroundProgram.create([[stageOn(g, shared)]], shared)
  const at = shared.tensors['i']!.data as BigInt64Array
  at[0] = 7n
  background.start()
  await expect(background.finish()).rejects.toThrow(/program 'looks up' failed to run: .*indices/)
  at[0] = 1n
  background.start()
  await background.finish()
  expect(shared.tensors['y']!.data[0]).toBe(6)
})

test('what is not shared, or in another shape, is named', () => {
  const g = new Graph('alone')
  g.output('y', add(g.input('x', 'float32', [1]), 1))
  expect(() => stageOn(g, SharedTensors.create({}))).toThrow("program 'alone': 'x' is not among the shared tensors")
  const shared = SharedTensors.create({ x: { dtype: 'float32', shape: [1] }, y: { dtype: 'float32', shape: [2] } })
  expect(() => stageOn(g, shared)).toThrow("program 'alone': 'y' is float32 [1], its shared tensor float32 [2]")
  expect(() => shared.stretch('w', 0, 1)).toThrow("no shared tensor 'w'; there are x, y")
})

// A thread begins with the floating-point mode of the one that makes it; not so on Windows.
test.runIf(process.platform === 'linux')('denormal numbers count as zero there too', async () => {
  const shared = SharedTensors.create({ x: { dtype: 'float32', shape: [1] }, y: { dtype: 'float32', shape: [1] } })
  const g = new Graph('small')
  g.output('y', mul(mul(g.input('x', 'float32', [1]), 1e-3), 1e3))
  await using own = await Program.create(g, { threads: 1 })
  await using background = await BackgroundProgram.create([[stageOn(g, shared)]], shared)
  ;(shared.tensors['x']!.data as Float32Array)[0] = 2e-38
  ;(shared.tensors['y']!.data as Float32Array)[0] = 1
  background.start()
  const mine = await own.run({ x: shared.tensors['x']! })
  await background.finish()
  expect([mine['y']!.data[0], shared.tensors['y']!.data[0]]).toEqual([0, 0])
})
