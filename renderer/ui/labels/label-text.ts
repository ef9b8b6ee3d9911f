// labelText(): a label that is no class in a few words.
import type { NumberedLabel } from '../../../engine/contract/label.ts'
import { given, plural } from '../format.ts'

/** labelText() where there is hardly room: how many boxes or spans. */
export function labelBrief(label: NumberedLabel, nameOf: (id: number) => string): string {
  return label.kind === 'boxes' ? String(label.boxes.length) : label.kind === 'spans' ? String(label.spans.length) : labelText(label, nameOf)
}

export function labelText(label: NumberedLabel | null, nameOf: (id: number) => string): string {
  if (label === null) return 'not labelled'
  const names = (ids: readonly number[]): string => [...new Set(ids)].map(nameOf).join(', ')
  switch (label.kind) {
    case 'classes':
      return label.classes.length === 0 ? 'none of the classes' : names(label.classes)
    case 'boxes':
      return label.boxes.length === 0 ? 'no box' : `${plural(label.boxes.length, 'box', 'boxes')}: ${names(label.boxes.map((box) => box.class))}`
    case 'mask': {
      const found = label.runs.flatMap(([id]) => (id === null ? [] : [id]))
      return found.length === 0 ? 'background only' : names(found)
    }
    case 'spans':
      return label.spans.length === 0 ? 'no span' : `${plural(label.spans.length, 'span')}: ${names(label.spans.map((span) => span.class))}`
    case 'text':
      return label.text
    case 'number':
      return given(label.value)
    case 'none':
      return 'needs no label'
  }
}
