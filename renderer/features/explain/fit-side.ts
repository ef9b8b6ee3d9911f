// How large a picture is shown: whole multiples of its pixels where it is small, so that they stay square.

/** Longest side on the screen for a picture of `width` × `height` pixels in a box. */
export function fitSide(width: number, height: number, boxWidth: number, boxHeight: number): number {
  const longest = Math.max(width, height, 1)
  const scale = Math.min(boxWidth / Math.max(width, 1), boxHeight / Math.max(height, 1))
  const side = longest * scale
  if (!(side > 0)) return longest
  return longest <= 96 && scale >= 1 ? Math.floor(scale) * longest : Math.floor(side)
}
