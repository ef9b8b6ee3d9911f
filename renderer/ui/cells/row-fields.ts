// rowFields(): names and values of a row's JSON, also where only its beginning is there.

export interface RowField {
  readonly name: string
  readonly value: string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : value === null ? '–' : JSON.stringify(value))

/** What cannot be parsed whole is cut at its last whole field. */
export function rowFields(json: string): RowField[] {
  const parsed = parse(json) ?? parse(`${json.slice(0, json.lastIndexOf(','))}}`) ?? parse(`${json}"}`)
  return parsed === null ? [{ name: '', value: json }] : Object.entries(parsed).map(([name, value]) => ({ name, value: text(value) }))
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
