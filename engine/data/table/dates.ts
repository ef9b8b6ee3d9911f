// Dates as tables write them, as days since 1970.

const DAY = 86_400_000
const FORMS: readonly { readonly form: RegExp; readonly order: readonly [year: number, month: number, day: number] }[] = [
  { form: /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?(?:Z|[+-]\d{2}:?\d{2})?)?$/, order: [1, 2, 3] },
  { form: /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?: (\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?$/, order: [1, 2, 3] },
  { form: /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?$/, order: [3, 2, 1] },
  { form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?$/, order: [3, 1, 2] },
]

/** Null for what is no date. Slashes with the year last are month/day/year; the clock is taken as written, without its zone. */
export function daysOf(text: string): number | null {
  for (const { form, order } of FORMS) {
    const found = form.exec(text)
    if (!found) continue
    return days(Number(found[order[0]]), Number(found[order[1]]), Number(found[order[2]]), Number(found[4] ?? 0), Number(found[5] ?? 0), Number(found[6] ?? 0))
  }
  return null
}

/** `19580329`, which only a column that is named like a date may mean. */
export function compactDays(text: string): number | null {
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  return found ? days(Number(found[1]), Number(found[2]), Number(found[3]), 0, 0, 0) : null
}

export const isDateName = (name: string): boolean => /(^|[^a-z])(date|day|datum|time|timestamp)([^a-z]|$)/i.test(name)

function days(year: number, month: number, day: number, hour: number, minute: number, second: number): number | null {
  const time = Date.UTC(year, month - 1, day)
  const back = new Date(time)
  if (back.getUTCMonth() !== month - 1 || back.getUTCDate() !== day || hour > 24 || minute > 59 || second >= 61) return null
  return time / DAY + (hour * 3600 + minute * 60 + second) / 86_400
}
