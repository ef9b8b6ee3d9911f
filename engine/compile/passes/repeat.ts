// Several steps in one run: a step graph after itself, what one hands on being what the next begins with.
import { GraphError } from '../../graph/errors.ts'
import { Graph, type Value } from '../../graph/graph.ts'
import { concat, split } from '../../ops/build.ts'
import { Copy, inBuildOrder } from './copy.ts'

/**
 * `step` done `times` times. `chain` names the inputs that are handed on and the output that the next step takes for each: those keep
 * their shapes. All other inputs [n, …] become [times · n, …], all other outputs the same: one step's after another's.
 * The numbers are those of `times` runs, bit for bit. Throws GraphError for scalars or open sizes that would have to be repeated.
 */
export function repeat(step: Graph, times: number, chain: ReadonlyMap<string, string>): Graph {
  const target = new Graph(`${step.name} × ${times}`)
  for (const name of step.outputs.keys()) target.reserve(name)
  const constants = new Map<Value, Value>()
  const copies = Array.from({ length: times }, () => new Copy(step, target, constants))
  for (const input of step.inputs) {
    if (chain.has(input.name)) {
      copies[0]?.set(input, target.input(input.name, input.dtype, input.shape))
      continue
    }
    const n = lengthOf(input)
    const all = target.input(input.name, input.dtype, [times * n, ...input.shape.slice(1)])
    const parts = target.in('steps', () => split(all, new Array<number>(times).fill(n), 0))
    copies.forEach((copy, k) => {
      const part = parts[k]
      if (part) copy.set(input, part)
    })
  }
  const order = inBuildOrder(step)
  copies.forEach((copy, k) => {
    const before = copies[k - 1]
    if (before) for (const input of step.inputs) if (chain.has(input.name)) copy.set(input, before.of(outputOf(step, chain.get(input.name) ?? '')))
    for (const node of order) copy.node(node)
  })
  const chained = new Set(chain.values())
  for (const [name, value] of step.outputs) {
    const made = copies.map((copy) => copy.of(value))
    const last = made.at(-1)
    if (last) target.output(name, chained.has(name) ? last : target.in('steps', () => concat(made, 0)))
  }
  return target
}

function outputOf(step: Graph, name: string): Value {
  const value = step.outputs.get(name)
  if (!value) throw new GraphError(`graph '${step.name}' has no output '${name}' to hand on`)
  return value
}

function lengthOf({ name, shape }: Value): number {
  const [n] = shape
  if (typeof n !== 'number') throw new GraphError(`input '${name}' [${shape.join(', ')}] cannot be repeated: its first size must be known`)
  return n
}
