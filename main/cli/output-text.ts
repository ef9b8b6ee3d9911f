// outputText: one prediction as a few words for a terminal.
import type { Outputs } from '../../engine/contract/commands.ts'

const SHOWN = 3

/** Cells of a table row. */
export function outputText(outputs: Outputs): string[] {
  if (Array.isArray(outputs)) return outputs.slice(0, SHOWN).map((output: { class: string; probability: number }) => `${output.class} ${(100 * output.probability).toFixed(1)} %`)
  const { kind: _kind, ...fields } = outputs as Exclude<Outputs, readonly unknown[]>
  return Object.entries(fields).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}
