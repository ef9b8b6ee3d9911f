// mapColour(): the colour of one attribution among all of its map: red for, blue against, as strong as it is large.

/** Largest attribution either way; 0 of an empty map. */
export const strongest = (map: Float32Array): number => map.reduce((most, v) => Math.max(most, Math.abs(v)), 0)

/** CSS colour; transparent for 0. `most`: `strongest` of the map. */
export function mapColour(value: number, most: number, signed: boolean, opacity: number): string {
  const share = most === 0 ? 0 : Math.min(1, Math.abs(value) / most)
  const [r, g, b] = signed && value < 0 ? [33, 102, 172] : [178, 24, 43]
  return `rgb(${r} ${g} ${b} / ${(share * opacity).toFixed(3)})`
}
