// The number that an expression of sizes such as `floor((N+2)/2)+1` stands for, once its symbols are known.

const FUNCTIONS: Readonly<Record<string, (...v: number[]) => number>> = {
  floor: Math.floor,
  min: Math.min,
  max: Math.max,
  slice: (n = 0, start = 0, end = 0, step = 1) => Array.from({ length: n }, (_, i) => i).filter((i) => taken(i, n, start, end, step)).length,
}

/** Whether a slice takes element i, told from its definition; the largest int32 means all, backwards too (ORT). */
function taken(i: number, n: number, start: number, end: number, step: number): boolean {
  const from = start < 0 ? start + n : start
  const to = step < 0 && end === 2 ** 31 - 1 ? -1 : end < 0 ? end + n : end
  const first = Math.max(step > 0 ? from : Math.min(from, n - 1), 0)
  return (i - first) % step === 0 && (step > 0 ? i >= first && i < to : i <= first && i > to)
}

/** A size below 0 is an empty axis. Throws on what is no such expression. */
export function evalDim(expression: string, symbols: Readonly<Record<string, number>>): number {
  const tokens = expression.match(/\d+|[A-Za-z_]\w*|[-+*/(),]/g) ?? []
  let at = 0
  const next = (): string => {
    const token = tokens[at++]
    if (token === undefined) throw new Error(`'${expression}' ends too early`)
    return token
  }
  const expect = (token: string): void => {
    if (next() !== token) throw new Error(`'${expression}': expected '${token}'`)
  }
  const atom = (): number => {
    const token = next()
    if (token === '-') return -atom()
    if (token === '(') {
      const v = sum()
      expect(')')
      return v
    }
    if (/^\d/.test(token)) return Number(token)
    const call = FUNCTIONS[token]
    if (call && tokens[at] === '(') {
      at++
      const list = [sum()]
      while (tokens[at] === ',') {
        at++
        list.push(sum())
      }
      expect(')')
      return call(...list)
    }
    const v = symbols[token]
    if (v === undefined) throw new Error(`'${expression}': nothing is known of '${token}'`)
    return v
  }
  const product = (): number => {
    let v = atom()
    while (tokens[at] === '*' || tokens[at] === '/') v = next() === '*' ? v * atom() : v / atom()
    return v
  }
  function sum(): number {
    let v = product()
    while (tokens[at] === '+' || tokens[at] === '-') v = next() === '+' ? v + product() : v - product()
    return v
  }
  const v = sum()
  if (at !== tokens.length) throw new Error(`'${expression}' goes on after its end`)
  return Math.max(v, 0)
}
