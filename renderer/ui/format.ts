// Numbers, shares, durations, sizes and times as people read them.
import type { Interval } from '../../engine/contract/commands.ts'

/** A thin no-break space between a number and its unit. */
const GAP = '\u202f'
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** 12,345 */
export const count = (value: number): string => whole.format(value)

/** `count(3)` with its noun: "1 sample", "1,797 samples". */
export const plural = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`

/** Three significant digits, no exponent between 0.001 and 1e6: 0.0123, 1.50, 12.3, 1,234, 1.2e-5. */
export function number(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (size !== 0 && (size < 0.001 || size >= 1e6)) return value.toExponential(digits - 1).replace('e+', 'e').replace('-', '−')
  const places = size === 0 ? 0 : Math.max(0, digits - 1 - Math.floor(Math.log10(size)))
  return new Intl.NumberFormat('en-GB', { minimumFractionDigits: places, maximumFractionDigits: places }).format(value).replace('-', '−')
}

/** A number that was given, not measured: as it is, up to six significant digits. */
export const given = (value: number): string => new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 6 }).format(value).replace('-', '−')

/** 0.978 → "97.8 %"; one decimal unless told otherwise. */
export const percent = (share: number | null, decimals = 1): string => (share !== null && Number.isFinite(share) ? `${(share * 100).toFixed(decimals)}${GAP}%` : '–')

/** "97.8 % ± 0.6": as many digits as the 95 % interval justifies; without an interval one decimal. */
export function percentWithin(share: number, interval: Interval | null | undefined): string {
  if (!interval) return percent(share)
  const half = ((interval.high - interval.low) / 2) * 100
  const decimals = half >= 10 ? 0 : half >= 0.1 || half === 0 ? 1 : 2
  return `${(share * 100).toFixed(decimals).replace('-', '−')}${GAP}% ± ${half.toFixed(decimals)}`
}

/** "0.4 s", "12 s", "3 min 12 s", "2 min", "2 h 05 min", "3 d 4 h". */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds < 1) return seconds < 0.1 ? `${Math.round(seconds * 1000)}${GAP}ms` : `${seconds.toFixed(1)}${GAP}s`
  if (seconds < 10) return `${seconds.toFixed(1)}${GAP}s`
  const s = Math.round(seconds)
  if (s < 60) return `${s}${GAP}s`
  if (s < 3600) return `${Math.floor(s / 60)}${GAP}min${s % 60 === 0 ? '' : ` ${s % 60}${GAP}s`}`
  if (s < 86_400) return `${Math.floor(s / 3600)}${GAP}h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}${GAP}min`
  return `${Math.floor(s / 86_400)}${GAP}d ${Math.floor((s % 86_400) / 3600)}${GAP}h`
}

/** Clock of a countdown: 03:12, 1:02:07. */
export function clock(seconds: number): string {
  const s = Math.max(0, Math.round(seconds))
  const two = (n: number): string => String(n).padStart(2, '0')
  return s < 3600 ? `${two(Math.floor(s / 60))}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`
}

/** Decimal units: "512 B", "4.1 MB". */
export function bytes(size: number): string {
  if (size < 1000) return `${size}${GAP}B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = size
  let unit = -1
  do {
    value /= 1000
    unit += 1
  } while (value >= 999.5 && unit < units.length - 1)
  return `${value < 100 ? value.toFixed(1) : value.toFixed(0)}${GAP}${units[unit] ?? ''}`
}

/** 12345678 → "12.3 M": for parameters and multiply-adds. */
export function short(value: number): string {
  if (value < 10_000) return count(value)
  const [scale, unit] = value < 1e6 ? [1e3, 'k'] : value < 1e9 ? [1e6, 'M'] : [1e9, 'G']
  const scaled = value / scale
  return `${scaled < 100 ? scaled.toFixed(1) : scaled.toFixed(0)}${GAP}${unit}`
}

/** "just now", "5 min ago", "3 h ago", "yesterday", or the date. */
export function ago(at: number, now = Date.now()): string {
  const minutes = (now - at) / 60_000
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${Math.floor(minutes)}${GAP}min ago`
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}${GAP}h ago`
  if (minutes < 48 * 60) return 'yesterday'
  return date(at)
}
export const date = (at: number): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' }).format(at)
export const dateTime = (at: number): string => new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at)

/** Name of a file in a path of either kind. */
export const baseName = (path: string): string => path.split(/[\\/]/).filter(Boolean).at(-1) ?? path
