// The graph inputs that a task asks for: features and targets of one batch.
import type { TrainConfig } from '../contract/recipe.ts'
import type { TensorSpec } from '../data/types.ts'
import type { Graph } from '../graph/graph.ts'
import { task } from '../tasks/index.ts'
import type { Values } from '../tasks/task.ts'

export interface TaskInputs {
  readonly features: Values
  readonly targets: Values
  /** Of both, without the batch. */
  readonly specs: Readonly<Record<string, TensorSpec>>
}

/** Adds them to `graph`, [batch, …] each. */
export function inferenceInputs(graph: Graph, config: TrainConfig, classes: number, batch: number | string): TaskInputs {
  const definition = task(config.task)
  const [features, targets] = [definition.features(config), definition.targets(config, classes)]
  const add = (specs: Readonly<Record<string, TensorSpec>>): Values => Object.fromEntries(Object.entries(specs).map(([name, { dtype, shape }]) => [name, graph.input(name, dtype, [batch, ...shape])]))
  return { features: add(features), targets: add(targets), specs: { ...features, ...targets } }
}
