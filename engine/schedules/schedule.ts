// Schedule: the learning rate as a pure function of the step, so that it needs no state in a checkpoint.

export interface ScheduleDef {
  readonly title: string
  readonly description: string
  /** Factor on the base learning rate for step `step` of `total` (0-based); `perEpoch` steps make an epoch. */
  factor(step: number, total: number, perEpoch: number): number
}

/** Half a cosine from 1 at `t` = 0 down to `floor` at `t` = 1. Loshchilov and Hutter, "SGDR", ICLR 2017, eq. 5. */
export function cosineDecay(t: number, floor: number): number {
  return floor + 0.5 * (1 - floor) * (1 + Math.cos(Math.PI * Math.min(1, Math.max(0, t))))
}
