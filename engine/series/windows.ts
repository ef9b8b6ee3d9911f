// Windows: where forecasts begin on a timeline, so that every one has its context before it and its horizon in its own split.

/** Split of each step of a timeline, by any mark; steps of no split carry null. */
export type Marks<M> = readonly (M | null)[]

/**
 * Steps at which a forecast can begin: `context` steps lie before it (of any split: they are the past), and all `horizon`
 * steps from it on carry `mark`; steps without a row between two of the mark belong to it. Rolling origin: every such step.
 * Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16, 2000.
 */
export function origins<M>(marks: Marks<M>, mark: M, context: number, horizon: number): Int32Array {
  const filled = fill(marks)
  const out: number[] = []
  let run = 0
  for (let i = 0; i < filled.length; i++) {
    run = filled[i] === mark ? run + 1 : 0
    const origin = i - horizon + 1
    if (run >= horizon && origin >= context) out.push(origin)
  }
  return Int32Array.from(out)
}

/** A gap belongs to what stands before it. */
function fill<M>(marks: Marks<M>): (M | null)[] {
  let last: M | null = null
  return marks.map((m) => (last = m ?? last))
}
