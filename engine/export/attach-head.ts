// attachHead: an imported model cut at one of its values, with a new linear head for other classes: the start of fine-tuning.
import { LatheError } from '../contract/errors.ts'
import { Random } from '../data/random.ts'
import type { Value } from '../graph/graph.ts'
import { heUniform } from '../initializers/he-uniform.ts'
import { add, flatten, globalAveragePool, matmul } from '../ops/build.ts'
import type { ImportedModel } from './import-model.ts'

/**
 * Changes `model.graph`: its only output becomes `logits` [N, classes] = features · head.weight + head.bias.
 * @param at name in the file of the features, [N, F] or [N, C, …]; the latter are averaged over their positions.
 * @returns the model with the head's parameters (drawn by `seed`, trainable) beside its own.
 * @throws LatheError `graph` where there is no such value or its number of features is not known.
 */
export function attachHead(model: ImportedModel, at: string, classes: number, seed = 0): ImportedModel {
  const value = model.values.get(at)
  if (!value) throw new LatheError('graph', `the model has no value '${at}'; it has ${[...model.values.keys()].slice(0, 20).join(', ')}${model.values.size > 20 ? ', …' : ''}`)
  if (!Number.isInteger(classes) || classes < 1) throw new LatheError('usage', `a head for ${classes} classes; at least 1 is needed`)
  const { graph } = model
  const x = graph.in('head', () => features(value, at))
  const size = x.shape[1]
  if (typeof size !== 'number') throw new LatheError('graph', `'${at}' has ${String(size)} features; a head needs to know how many`)
  const weight = new Float32Array(size * classes)
  heUniform.fill(weight, { in: size, out: classes }, new Random(seed, 'init'), [size, classes])
  const [name, bias] = [unused(model, 'head.weight'), unused(model, 'head.bias')]
  const logits = graph.in('head', () => add(matmul(x, graph.parameter(name, [size, classes])), graph.parameter(bias, [classes])))
  graph.outputs.clear()
  graph.output('logits', logits)
  return {
    ...model,
    values: new Map([...model.values, ['logits', logits]]),
    parameters: new Map([...model.parameters, [name, weight], [bias, new Float32Array(classes)]]),
    trainable: new Set([...model.trainable, name, bias]),
  }
}

function features(value: Value, at: string): Value {
  if (value.dtype !== 'float32' || value.shape.length < 2) throw new LatheError('graph', `'${at}' is ${value.dtype} [${value.shape.join(', ')}]; a head needs float32 [N, F] or [N, C, …]`)
  return value.shape.length === 2 ? value : flatten(globalAveragePool(value), 1)
}

function unused(model: ImportedModel, name: string): string {
  let free = name
  while (model.parameters.has(free) || model.graph.inputs.some((v) => v.name === free)) free = `${free}_`
  return free
}
