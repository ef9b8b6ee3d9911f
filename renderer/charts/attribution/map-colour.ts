// mapColour(): the colour of one attribution among all of its map: red for, blue against, as strong as it is large.

/** CSS colour; transparent for 0. */
export function mapColour(value: number, map: Float32Array, signed: boolean, opacity: number): string {
  let most = 0
  for (const v of map) most = Math.max(most, Math.abs(v))
  const share = most === 0 ? 0 : Math.min(1, Math.abs(value) / most)
  const [r, g, b] = signed && value < 0 ? [33, 102, 172] : [178, 24, 43]
  return `rgb(${r} ${g} ${b} / ${(share * opacity).toFixed(3)})`
}
