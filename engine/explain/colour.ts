// Colour maps: viridis for maps without sign, blue–white–red for signed ones.
export type Rgb = readonly [red: number, green: number, blue: number]

const parse = (stops: string): readonly Rgb[] => stops.split(' ').map((hex) => [0, 2, 4].map((i) => Number.parseInt(hex.slice(i, i + 2), 16)) as unknown as Rgb)

/** Viridis of matplotlib (van der Walt and Smith, CC0) at 0, 0.1, … 1; straight lines between. */
const VIRIDIS = parse('440154 482576 414487 35608d 2a788e 21908c 22a884 43bf71 7ad151 bbdf27 fde725')
/** RdBu of ColorBrewer (Apache 2.0), 9 classes, reversed: blue is negative, red positive. */
const BLUE_WHITE_RED = parse('2166ac 4393c3 92c5de d1e5f0 f7f7f7 fddbc7 f4a582 d6604d b2182b')

function along(stops: readonly Rgb[], share: number): Rgb {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1)
  const low = stops[Math.floor(at)] ?? [0, 0, 0]
  const high = stops[Math.ceil(at)] ?? low
  const part = at - Math.floor(at)
  const mix = (channel: 0 | 1 | 2): number => Math.round(low[channel] + (high[channel] - low[channel]) * part)
  return [mix(0), mix(1), mix(2)]
}

/** `share` in 0..1; values outside are clamped. */
export const viridis = (share: number): Rgb => along(VIRIDIS, share)
/** `share` in -1..1; values outside are clamped. */
export const blueWhiteRed = (share: number): Rgb => along(BLUE_WHITE_RED, (share + 1) / 2)

export interface Scale {
  /** Values at the ends of the scale. */
  readonly low: number
  readonly high: number
  colour(value: number): Rgb
}

/** The scale of one map: signed maps are symmetric about zero, others go from zero to their largest value. */
export function scaleOf(map: Float32Array, signed: boolean): Scale {
  const largest = map.reduce((most, v) => Math.max(most, Math.abs(v)), 0)
  const high = largest > 0 ? largest : 1
  return signed ? { low: -high, high, colour: (v) => blueWhiteRed(v / high) } : { low: 0, high, colour: (v) => viridis(v / high) }
}
