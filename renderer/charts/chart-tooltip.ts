// The tooltip that all curves of a chart share; names go in as text, never as markup.
import type { TooltipRow } from './line-option.ts'

export function chartTooltip(title: string, rows: readonly TooltipRow[], format: (value: number) => string): HTMLElement {
  const root = document.createElement('div')
  const head = document.createElement('div')
  head.textContent = title
  head.style.marginBottom = '4px'
  root.append(head)
  for (const row of rows) {
    const line = document.createElement('div')
    line.style.cssText = 'display: flex; gap: 8px; align-items: center; font-variant-numeric: tabular-nums'
    const dot = document.createElement('span')
    dot.style.cssText = 'width: 8px; height: 8px; border-radius: 4px; flex: none'
    dot.style.background = row.colour
    const name = document.createElement('span')
    name.textContent = row.label
    name.style.cssText = 'max-width: 200px; overflow: hidden; text-overflow: ellipsis'
    const value = document.createElement('span')
    value.textContent = row.raw === null ? format(row.value) : `${format(row.value)} (raw ${format(row.raw)})`
    value.style.cssText = 'margin-left: auto; padding-left: 12px'
    line.append(dot, name, value)
    root.append(line)
  }
  return root
}
