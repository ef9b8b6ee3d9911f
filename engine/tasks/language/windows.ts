// Windows over a text's tokens: what a language model of fixed length reads of a text of any length.

export interface Window {
  /** First token that is read. */
  readonly at: number
  /** First token that is not. */
  readonly end: number
  /** Tokens before this one were foretold in another window. */
  readonly from: number
}

/**
 * To learn from: as few windows of `length` tokens as foretell every token of a text of `count` (its start token included) once,
 * the last one drawn back so that it is full.
 */
export function trainingWindows(count: number, length: number): Window[] {
  const inputs = count - 1
  return Array.from({ length: Math.ceil(inputs / length) }, (_, i) => {
    const at = Math.max(0, Math.min(i * length, inputs - length))
    return { at, end: Math.min(at + length, inputs), from: at + 1 }
  })
}

/** To measure with: every token is foretold once, and all but those at the beginning of the text from at least half a window. */
export function scoringWindows(count: number, length: number): Window[] {
  const inputs = count - 1
  const out: Window[] = []
  for (let done = 0; done < inputs; ) {
    const at = done === 0 ? 0 : Math.max(0, Math.min(done - Math.floor(length / 2), inputs - length))
    const end = Math.min(at + length, inputs)
    out.push({ at, end, from: done + 1 })
    done = end
  }
  return out
}
