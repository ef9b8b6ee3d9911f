// Colour maps of heat: viridis for magnitudes, blue–white–red for signed values.

export type Rgb = readonly [red: number, green: number, blue: number]

const rgb = (hex: string): Rgb => [Number.parseInt(hex.slice(0, 2), 16), Number.parseInt(hex.slice(2, 4), 16), Number.parseInt(hex.slice(4, 6), 16)]
/** Viridis (van der Walt & Smith, matplotlib, CC0) at 0, 0.1, … 1. */
const VIRIDIS = ['440154', '482576', '414487', '35608d', '2a788e', '21908c', '22a884', '43bf71', '7ad151', 'bbdf27', 'fde725'].map(rgb)
/** RdBu reversed (ColorBrewer, Apache 2.0), 9 classes: negative is blue, zero is near white, positive is red. */
const SIGNED = ['2166ac', '4393c3', '92c5de', 'd1e5f0', 'f7f7f7', 'fddbc7', 'f4a582', 'd6604d', 'b2182b'].map(rgb)

function along(stops: readonly Rgb[], t: number): Rgb {
  const at = Math.min(1, Math.max(0, Number.isFinite(t) ? t : 0)) * (stops.length - 1)
  const low = stops[Math.floor(at)] ?? [0, 0, 0]
  const high = stops[Math.ceil(at)] ?? low
  const share = at - Math.floor(at)
  const mix = (a: number, b: number): number => Math.round(a + (b - a) * share)
  return [mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])]
}

/** `t` in 0..1; values outside are clamped. */
export const viridis = (t: number): Rgb => along(VIRIDIS, t)
/** `t` in −1..1. */
export const blueWhiteRed = (t: number): Rgb => along(SIGNED, ((Number.isFinite(t) ? t : 0) + 1) / 2)

/** WCAG relative luminance, 0..1. */
export function luminance([red, green, blue]: Rgb): number {
  const linear = (v: number): number => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
export const css = ([red, green, blue]: Rgb): string => `rgb(${red} ${green} ${blue})`
/** Black or white, whichever stands out more on `background`. */
export const inkOn = (background: Rgb): '#000' | '#fff' => (luminance(background) > 0.179 ? '#000' : '#fff')
