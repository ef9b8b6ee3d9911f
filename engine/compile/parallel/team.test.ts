// Threads that do a job together: they meet between stages, and whoever fails still comes.
import { expect, test } from 'vitest'
import { Graph } from '../../graph/graph.ts'
import { add, gather, mul } from '../../ops/build.ts'
import { stageOn } from './background-program.ts'
import { SharedTensors } from './shared-tensors.ts'
import { Team } from './team.ts'

const vector = (n: number) => ({ dtype: 'float32', shape: [n] }) as const

test('a stage reads what all threads wrote in the one before, round after round; a thread may have no part in it', async () => {
  const shared = SharedTensors.create({ x: vector(1), a: vector(1), b: vector(1), sum: vector(1) })
  const times = (factor: number, to: string): Graph => {
    const g = new Graph(`times ${factor}`)
    g.output(to, mul(g.input('x', 'float32', [1]), factor))
    return g
  }
  const sum = new Graph('sum')
  sum.output('sum', add(sum.input('a', 'float32', [1]), sum.input('b', 'float32', [1])))
  await using team = await Team.create([[[stageOn(times(2, 'a'), shared), stageOn(sum, shared)]], [[stageOn(times(3, 'b'), shared), null]]], shared)
  for (let round = 1; round <= 200; round++) {
    ;(shared.tensors['x']!.data as Float32Array)[0] = round
    team.start(0)
    await team.finish()
    expect(shared.tensors['sum']!.data[0]).toBe(5 * round)
  }
  expect(team.took).toBeGreaterThan(0)
})

test('an error in one thread is told when all are done, and the team goes on', async () => {
  const shared = SharedTensors.create({ i: { dtype: 'int64', shape: [1] }, y: vector(1), z: vector(1), end: vector(1) })
  const looks = new Graph('looks up')
  looks.output('y', gather(looks.constant(Float32Array.of(5, 6), 'float32', [2]), looks.input('i', 'int64', [1]), 0))
  const ends = new Graph('ends')
  ends.output('end', add(ends.input('z', 'float32', [1]), 1))
  await using team = await Team.create([[[stageOn(looks, shared), null]], [[null, stageOn(ends, shared, {}, null)]]], shared)
  const at = shared.tensors['i']!.data as BigInt64Array
  at[0] = 9n
  team.start(0)
  await expect(team.finish()).rejects.toThrow(/program 'looks up' failed to run: .*indices/)
  expect(shared.tensors['end']!.data[0]).toBe(1)
  at[0] = 1n
  ;(shared.tensors['z']!.data as Float32Array)[0] = 4
  team.start(0)
  await team.finish()
  expect([shared.tensors['y']!.data[0], shared.tensors['end']!.data[0]]).toEqual([6, 5])
})

test('a member that cannot be compiled is named', async () => {
  const shared = SharedTensors.create({ x: vector(1), y: vector(1) })
  const good = new Graph('good')
  good.output('y', mul(good.input('x', 'float32', [1]), 2))
  const stage = stageOn(good, shared)
  await expect(Team.create([[[stage]], [[{ ...stage, graph: new Graph('empty') }]]], shared)).rejects.toThrow(/'empty'/)
})
