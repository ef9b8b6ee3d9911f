// wavePath(): the envelope of a recording as one SVG shape: lowest and highest sample of each column.

/** Attribute `d` within `width` × `height`, full scale from edge to edge; silence is a hair line. */
export function wavePath(samples: ArrayLike<number>, width: number, height: number): string {
  const columns = Math.max(1, Math.min(Math.floor(width), samples.length))
  const [upper, lower]: [string[], string[]] = [[], []]
  const y = (v: number, hair: number): string => ((height / 2) * (1 - Math.max(-1, Math.min(1, v))) + hair).toFixed(1)
  for (let c = 0; c < columns; c++) {
    const [from, to] = [Math.floor((c * samples.length) / columns), Math.max(1 + Math.floor((c * samples.length) / columns), Math.floor(((c + 1) * samples.length) / columns))]
    let [low, high] = [Infinity, -Infinity]
    for (let i = from; i < to; i++) {
      low = Math.min(low, samples[i] ?? 0)
      high = Math.max(high, samples[i] ?? 0)
    }
    const x = ((c / Math.max(1, columns - 1)) * width).toFixed(1)
    upper.push(`${x} ${y(high, -0.25)}`)
    lower.push(`${x} ${y(low, 0.25)}`)
  }
  return samples.length === 0 ? '' : `M${upper.join('L')}L${lower.reverse().join('L')}Z`
}
