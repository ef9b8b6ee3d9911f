// Cell colours of a confusion matrix: blue for right, orange for wrong, deeper with the share of the row.
import { css, inkOn, type Rgb } from './colour-maps.ts'

const RIGHT: Rgb = [0x1d, 0x6f, 0xb8]
const WRONG: Rgb = [0xd5, 0x5e, 0x00]
const PAPER = { light: [255, 255, 255], dark: [24, 24, 27] } as const satisfies Record<string, Rgb>

/** `share` of the row in 0..1; few errors must still be seen, so their shade grows with the root of the share. */
export function cellColours(share: number, right: boolean, dark: boolean): { readonly background: string; readonly color: string } {
  const paper = dark ? PAPER.dark : PAPER.light
  const full = right ? RIGHT : WRONG
  const depth = share <= 0 ? 0 : right ? 0.08 + 0.82 * share : 0.15 + 0.75 * Math.sqrt(share)
  const mix = (i: 0 | 1 | 2): number => Math.round(paper[i] + (full[i] - paper[i]) * depth)
  const background: Rgb = [mix(0), mix(1), mix(2)]
  return { background: css(background), color: inkOn(background) }
}
