// forecastChart(): a forecast beside what came, as SVG paths on one scale.

export interface ForecastOutput {
  readonly times: readonly (string | number)[]
  readonly forecast: readonly number[]
  readonly low: readonly number[]
  readonly high: readonly number[]
  /** Null where nothing was measured; left out where it is not known yet. */
  readonly truth?: readonly (number | null)[]
  readonly past?: { readonly times: readonly (string | number)[]; readonly values: readonly number[] }
}

export interface ForecastChart {
  /** Attribute `d` of each. */
  readonly past: string
  readonly truth: string
  readonly forecast: string
  /** Between the bounds of the 80 % interval, closed. */
  readonly band: string
  /** Where the forecast begins. */
  readonly now: number
  readonly low: number
  readonly high: number
  readonly from: string | number
  readonly until: string | number
}

/** Null for what is no forecast. */
export function forecastOf(output: unknown): ForecastOutput | null {
  const { times, forecast, low, high } = output as Partial<ForecastOutput>
  return [times, forecast, low, high].every((list) => Array.isArray(list)) && (forecast?.length ?? 0) > 0 ? (output as ForecastOutput) : null
}

/** Within `width` × `height` and a margin of 2. */
export function forecastChart({ times, forecast, low, high, truth = [], past }: ForecastOutput, width: number, height: number): ForecastChart {
  const before = past?.values ?? []
  const known = truth.filter((v) => v !== null)
  const all = [...before, ...known, ...low, ...high, ...forecast].filter(Number.isFinite)
  const [least, most] = [Math.min(...all), Math.max(...all)]
  const span = Math.max(most - least, 1e-12)
  const steps = Math.max(1, before.length + forecast.length - 1)
  const x = (i: number): number => 2 + (i / steps) * (width - 4)
  const y = (v: number): number => height - 2 - ((v - least) / span) * (height - 4)
  const point = (i: number, v: number): string => `${x(i).toFixed(1)} ${y(v).toFixed(1)}`
  const line = (values: readonly (number | null)[], from: number): string =>
    values.map((v, i) => (v === null ? '' : `${i === 0 || values[i - 1] === null || values[i - 1] === undefined ? 'M' : 'L'}${point(from + i, v)}`)).join('')
  // Lines begin at the last known value, so that they hang together.
  const last = before.at(-1)
  const join = <T>(values: readonly T[]): { values: (T | number)[]; from: number } => (last === undefined ? { values: [...values], from: before.length } : { values: [last, ...values], from: before.length - 1 })
  const joined = (values: readonly (number | null)[]): string => {
    const { values: whole, from } = join(values)
    return line(whole, from)
  }
  const [upper, lower] = [join(high), join(low)]
  const band = `M${upper.values.map((v, i) => point(upper.from + i, v)).join('L')}L${lower.values.map((v, i) => point(lower.from + i, v)).reverse().join('L')}Z`
  return { past: line(before, 0), truth: truth.length > 0 ? joined(truth) : '', forecast: joined(forecast), band, now: x(Math.max(0, before.length - 1)), low: least, high: most, from: past?.times[0] ?? times[0] ?? '', until: times.at(-1) ?? '' }
}
