// outputFields(): names and values of a prediction in words, and the one line of it.
import type { Outputs } from '../../../engine/contract/commands.ts'
import { metricName } from '../../../engine/contract/metric-names.ts'
import { number, percent, plural } from '../format.ts'
import { forecastOf } from './forecast-chart.ts'

export interface OutputField {
  readonly name: string
  readonly value: string
}

const LONG = 400

function text(value: unknown): string {
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null && 'class' in item)) return classesText(value as { class: unknown }[])
  const json = JSON.stringify(value)
  return json.length > LONG ? `${json.slice(0, LONG)}…` : json
}

/** Boxes, masks and sets of classes by what is in them, forecasts by their ends. */
function namesOf(output: Readonly<Record<string, unknown>>): OutputField[] | null {
  const { kind, boxes, shares, classes } = output
  if (kind === 'boxes' && Array.isArray(boxes)) return [{ name: 'boxes', value: boxes.length === 0 ? 'no box' : `${plural(boxes.length, 'box', 'boxes')}: ${[...new Set((boxes as readonly { readonly class?: unknown }[]).map((box) => String(box.class)))].join(', ')}` }]
  if (kind === 'mask' && typeof shares === 'object' && shares !== null) return [{ name: 'mask', value: Object.entries(shares as Record<string, number>).map(([name, share]) => `${name} ${percent(share)}`).join(', ') || 'background only' }]
  const forecast = forecastOf(output)
  if (forecast) return [{ name: `at ${forecast.times[0] ?? 'the next step'}`, value: number(forecast.forecast[0] ?? Number.NaN) }, { name: `at ${forecast.times.at(-1) ?? 'the last step'}`, value: number(forecast.forecast.at(-1) ?? Number.NaN) }]
  if (kind === 'anomaly') return [{ name: 'verdict', value: output['anomaly'] === true ? 'anomaly' : 'normal' }, ...['score', 'threshold'].map((name) => ({ name, value: text(output[name]) }))]
  if (kind === 'classes' && Array.isArray(classes)) return [{ name: 'classes', value: classes.length === 0 ? 'none of the classes' : classes.join(', ') }]
  return null
}

/** "3: person, place". */
function classesText(items: readonly { readonly class: unknown }[]): string {
  return items.length === 0 ? 'none' : `${items.length}: ${[...new Set(items.map((item) => String(item.class)))].join(', ')}`
}

export function outputFields(output: Outputs): OutputField[] {
  if (Array.isArray(output)) return (output as readonly { class: string; probability: number }[]).slice(0, 3).map(({ class: name, probability }) => ({ name, value: percent(probability) }))
  return namesOf(output as Readonly<Record<string, unknown>>) ?? Object.entries(output).filter(([name]) => name !== 'kind').map(([name, value]) => ({ name, value: text(value) }))
}

/** "text hallo": the first field that says something. */
export function outputLine(output: Outputs): string {
  const [first] = outputFields(output)
  return first ? (Array.isArray(output) ? `${first.name} ${first.value}` : first.value) : ''
}

/** outputLine() where there is hardly room: how many boxes or spans. */
export function outputBrief(output: Outputs): string {
  const { boxes, spans } = output as { readonly boxes?: unknown; readonly spans?: unknown }
  return Array.isArray(boxes) ? String(boxes.length) : Array.isArray(spans) ? String(spans.length) : outputLine(output)
}

/** What was measured of a sample that needs no label, with its name. */
export function outputMeasured(output: Outputs): string {
  const [first] = outputFields(output)
  return first ? `${metricName(first.name).label.toLowerCase()} ${first.value}` : ''
}
