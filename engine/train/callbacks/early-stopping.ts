// Early stopping: ends a run after `patience` epochs without improvement.
import type { TrainConfig } from '../../contract/recipe.ts'
import type { Position } from '../position.ts'
import { improves } from './monitor.ts'

/** The stopping state after an epoch in which the watched metric was `value`. */
export function afterEpoch(state: Position['stopping'], rule: TrainConfig['earlyStopping'], monitor: string, value: number | undefined): Position['stopping'] {
  if (!rule || value === undefined) return state
  if (improves(monitor, value, state.value, rule.minDelta)) return { value, waited: 0, stopped: false }
  const waited = state.waited + 1
  return { ...state, waited, stopped: waited >= rule.patience }
}
