// JSON Schema of the options of a model or schedule → the fields of its form, so that a new one needs no new form.

export type OptionField = { readonly name: string; readonly label: string; readonly hint?: string } & (
  /** `optional`: null is off. */
  | { readonly kind: 'integer' | 'number'; readonly min: number | null; readonly max: number | null; readonly optional: boolean }
  /** Comma-separated whole numbers. */
  | { readonly kind: 'list'; readonly min: number | null; readonly max: number | null; readonly minItems: number; readonly maxItems: number }
  | { readonly kind: 'choice'; readonly choices: readonly (string | number)[] }
  | { readonly kind: 'flag' }
)
type Schema = Readonly<Record<string, unknown>>
const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value)
const numberOr = <T>(value: unknown, fallback: T): number | T => (typeof value === 'number' ? value : fallback)
const isChoice = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number'

/** `kernelSize` and `kernel-size` → "Kernel size". */
export function optionLabel(name: string): string {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll('-', ' ').toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Properties that no form can be made for are left out; they keep their defaults. */
export function optionFields(schema: Schema | undefined): readonly OptionField[] {
  const properties = schema?.['properties']
  if (!isSchema(properties)) return []
  return Object.entries(properties).flatMap(([name, property]) => (isSchema(property) ? fieldOf(name, property) : []))
}

/** What each option is where nothing is said. */
export function optionDefaults(schema: Schema | undefined): Schema {
  const properties = schema?.['properties']
  return isSchema(properties) ? Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, isSchema(property) ? property['default'] : undefined])) : {}
}

/** `property` without the null that it may be. */
function withoutNull(property: Schema): { readonly property: Schema; readonly optional: boolean } {
  const forms = Array.isArray(property['anyOf']) ? property['anyOf'].filter(isSchema) : []
  const [form, ...others] = forms.filter((each) => each['type'] !== 'null')
  return form && others.length === 0 && forms.length > 1 ? { property: { ...property, anyOf: undefined, ...form }, optional: true } : { property, optional: false }
}

function fieldOf(name: string, given: Schema): readonly OptionField[] {
  const { property, optional } = withoutNull(given)
  const base = { name, label: typeof property['title'] === 'string' ? property['title'] : optionLabel(name), ...(typeof property['description'] === 'string' ? { hint: property['description'] } : {}) }
  const choices = choicesOf(property)
  if (choices.length > 0) return [{ ...base, kind: 'choice', choices }]
  const range = { min: numberOr(property['minimum'], null), max: numberOr(property['maximum'], null) }
  switch (property['type']) {
    case 'integer': return [{ ...base, kind: 'integer', ...range, optional }]
    case 'number': return [{ ...base, kind: 'number', ...range, optional }]
    case 'boolean': return [{ ...base, kind: 'flag' }]
    case 'array': {
      const items = property['items']
      if (!isSchema(items) || items['type'] !== 'integer') return []
      return [{ ...base, kind: 'list', min: numberOr(items['minimum'], null), max: numberOr(items['maximum'], null), minItems: numberOr(property['minItems'], 0), maxItems: numberOr(property['maxItems'], Infinity) }]
    }
    default: return []
  }
}

function choicesOf(property: Schema): readonly (string | number)[] {
  if (Array.isArray(property['enum'])) return property['enum'].filter(isChoice)
  if (!Array.isArray(property['anyOf'])) return []
  return property['anyOf'].flatMap((option: unknown) => (isSchema(option) && isChoice(option['const']) ? [option['const']] : []))
}

/** "32, 64" → [32, 64]; null when a part is no whole number. */
export function parseList(text: string): readonly number[] | null {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '')
  const numbers = parts.map(Number)
  return numbers.every(Number.isInteger) ? numbers : null
}

/** What is wrong with `value`, in one sentence; null when nothing is. */
export function optionProblem(field: OptionField, value: unknown): string | null {
  const inRange = (n: number, min: number | null, max: number | null): boolean => (min === null || n >= min) && (max === null || n <= max)
  const range = (min: number | null, max: number | null): string => (min !== null && max !== null ? `${min} to ${max.toLocaleString('en-GB')}` : min !== null ? `at least ${min}` : max === null ? 'any number' : `at most ${max}`)
  switch (field.kind) {
    case 'flag': return typeof value === 'boolean' ? null : 'yes or no'
    case 'choice': return isChoice(value) && field.choices.includes(value) ? null : `one of ${field.choices.join(', ')}`
    case 'integer':
    case 'number':
      if (field.optional && value === null) return null
      if (typeof value !== 'number' || !Number.isFinite(value) || (field.kind === 'integer' && !Number.isInteger(value))) return field.kind === 'integer' ? 'must be a whole number' : 'must be a number'
      return inRange(value, field.min, field.max) ? null : range(field.min, field.max)
    case 'list':
      if (!Array.isArray(value) || !value.every((v) => Number.isInteger(v))) return 'whole numbers with commas, such as 32, 64'
      if (value.length < field.minItems || value.length > field.maxItems) return `${field.minItems} to ${field.maxItems} numbers`
      return value.every((v) => inRange(Number(v), field.min, field.max)) ? null : `each ${range(field.min, field.max)}`
  }
}
