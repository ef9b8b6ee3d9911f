// outputFields(): names and values of a prediction in words, and the one line of it.
import type { Outputs } from '../../../engine/contract/commands.ts'
import { number, percent } from '../format.ts'

export interface OutputField {
  readonly name: string
  readonly value: string
}

const LONG = 400

function text(value: unknown): string {
  if (typeof value === 'number') return number(value)
  if (typeof value === 'string') return value
  const json = JSON.stringify(value)
  return json.length > LONG ? `${json.slice(0, LONG)}…` : json
}

export function outputFields(output: Outputs): OutputField[] {
  if (Array.isArray(output)) return (output as readonly { class: string; probability: number }[]).slice(0, 3).map(({ class: name, probability }) => ({ name, value: percent(probability) }))
  return Object.entries(output).filter(([name]) => name !== 'kind').map(([name, value]) => ({ name, value: text(value) }))
}

/** "text hallo": the first field that says something. */
export function outputLine(output: Outputs): string {
  const [first] = outputFields(output)
  return first ? (Array.isArray(output) ? `${first.name} ${first.value}` : first.value) : ''
}
