// Programs in threads of their own: what they compute, errors, small numbers, disposal.
import { expect, test } from 'vitest'
import { Graph } from '../../graph/graph.ts'
import { add, gather, mul } from '../../ops/build.ts'
import { Program } from '../program.ts'
import { BackgroundProgram } from './background-program.ts'
import { SharedTensors } from './shared-tensors.ts'

test('runs beside another program on tensors that both see, again and again', async () => {
  const inputs = SharedTensors.create({ x: { dtype: 'float32', shape: [2, 3] }, other: { dtype: 'uint8', shape: [5] } })
  const graph = (factor: number): Graph => {
    const g = new Graph(`times ${factor}`)
    g.output('y', mul(g.input('x', 'float32', [2, 3]), factor))
    return g
  }
  await using own = await Program.create(graph(2), { threads: 1 })
  await using background = await BackgroundProgram.create(graph(3), inputs)
  for (let round = 0; round < 50; round++) {
    ;(inputs.tensors['x']!.data as Float32Array).fill(round)
    background.start()
    const mine = await own.run({ x: inputs.tensors['x']! })
    const theirs = await background.finish()
    expect([...(mine['y']!.data as Float32Array)]).toEqual(new Array(6).fill(2 * round))
    expect([...(theirs['y']!.data as Float32Array)]).toEqual(new Array(6).fill(3 * round))
  }
})

test('an error of a run names program and cause, and the program runs on', async () => {
  const inputs = SharedTensors.create({ i: { dtype: 'int64', shape: [1] } })
  const g = new Graph('looks up')
  g.output('y', gather(g.constant(Float32Array.of(5, 6), 'float32', [2]), g.input('i', 'int64', [1]), 0))
  await using background = await BackgroundProgram.create(g, inputs)
  const at = inputs.tensors['i']!.data as BigInt64Array
  at[0] = 7n
  background.start()
  await expect(background.finish()).rejects.toThrow(/program 'looks up' failed to run: .*indices/)
  at[0] = 1n
  background.start()
  expect((await background.finish())['y']!.data[0]).toBe(6)
})

test('an input that is not shared is named', async () => {
  const g = new Graph('alone')
  g.output('y', add(g.input('x', 'float32', [1]), 1))
  await expect(BackgroundProgram.create(g, SharedTensors.create({}))).rejects.toThrow("program 'alone': input 'x' is not among the shared tensors")
})

// A thread begins with the floating-point mode of the one that makes it; not so on Windows.
test.runIf(process.platform === 'linux')('denormal numbers count as zero there too', async () => {
  const inputs = SharedTensors.create({ x: { dtype: 'float32', shape: [1] } })
  const g = new Graph('small')
  g.output('y', mul(mul(g.input('x', 'float32', [1]), 1e-3), 1e3))
  await using own = await Program.create(g, { threads: 1 })
  await using background = await BackgroundProgram.create(g, inputs)
  ;(inputs.tensors['x']!.data as Float32Array)[0] = 2e-38
  background.start()
  const mine = await own.run({ x: inputs.tensors['x']! })
  expect([mine['y']!.data[0], (await background.finish())['y']!.data[0]]).toEqual([0, 0])
})
