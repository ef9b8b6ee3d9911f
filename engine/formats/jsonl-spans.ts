// JSON Lines of texts with spans, as spaCy and Prodigy write them.
import { z } from 'zod'
import type { DataFormat, Found, LabelRow } from './format.ts'
import { headLines, linesOf } from './source/lines.ts'
import { headOfFirst, textFiles } from './source/text-file.ts'
import { splitNamed } from './source/text-pairs.ts'
import { reasonOf, textItem } from './source/text-item.ts'

const ENDINGS = ['jsonl', 'ndjson', 'json']
const span = z.union([
  z.looseObject({ start: z.int().min(0), end: z.int().min(1), label: z.string().min(1) }),
  z.tuple([z.int().min(0), z.int().min(1), z.string().min(1)]).transform(([start, end, label]) => ({ start, end, label })),
])
const row = z.looseObject({ text: z.string(), spans: z.array(span).optional(), entities: z.array(span).optional(), label: z.array(span).optional(), split: z.string().nullish() })

function parse(line: string): z.output<typeof row> | string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return 'is no JSON'
  }
  const parsed = row.safeParse(value)
  return parsed.success ? parsed.data : 'expected {"text": "…", "spans": [{"start": 0, "end": 5, "label": "…"}]}'
}

/** Offsets count code points there, UTF-16 units here. */
function unitsOf(text: string): (point: number) => number {
  const units: number[] = []
  let at = 0
  for (const point of text) {
    units.push(at)
    at += point.length
  }
  units.push(at)
  return (point) => units[Math.min(point, units.length - 1)] ?? at
}

function pointsOf(text: string): (unit: number) => number {
  return (unit) => Array.from(text.slice(0, unit)).length
}

export const jsonlSpans: DataFormat = {
  title: 'JSON Lines of spans',
  description: 'Each line an object {"text": "…", "spans": [{"start": 0, "end": 5, "label": "…"}]}, as spaCy and Prodigy have it (entities, or lists [start, end, label], too); places count characters.',
  inputs: ['text'],
  tasks: ['text-tagging'],
  match: async (source) => {
    const lines = headLines(await headOfFirst(source, ENDINGS), 10).map(parse)
    return lines.length > 0 && lines.some((line) => typeof line !== 'string')
  },
  async *read(source, ctx): AsyncGenerator<Found> {
    for (const { path, refused, stream } of await textFiles(source, ENDINGS)) {
      ctx.signal?.throwIfAborted()
      if (refused !== null) {
        yield { kind: 'skip', path, reason: refused }
        continue
      }
      try {
        for await (const { number, text: line } of linesOf(await stream())) {
          if (line.trim() === '') continue
          const found = parse(line)
          const skip = (reason: string): Found => ({ kind: 'skip', path: `${path} line ${number}`, reason })
          if (typeof found === 'string') yield skip(found)
          else if (found.text.trim() === '') yield skip('the text is empty')
          else {
            const spans = found.spans ?? found.entities ?? found.label
            const units = unitsOf(found.text)
            const length = Array.from(found.text).length
            const outside = spans?.find(({ start, end }) => end <= start || end > length)
            if (outside) yield skip(`has a span from ${outside.start} to ${outside.end} in a text of ${length} characters`)
            else yield textItem(path, { number, bytes: new TextEncoder().encode(found.text), label: spans ? { kind: 'spans', spans: spans.map(({ start, end, label }) => ({ start: units(start), end: units(end), class: label })) } : null, split: splitNamed(found.split ?? '') })
          }
        }
      } catch (error) {
        yield { kind: 'skip', path, reason: reasonOf(error) }
      }
    }
  },
  *write(rows: Iterable<LabelRow>) {
    for (const { label, text, split } of rows) {
      const source = text?.() ?? null
      if (source === null) continue
      const points = pointsOf(source)
      const spans = label?.kind === 'spans' ? label.spans.map((s) => ({ start: points(s.start), end: points(s.end), label: s.class })) : null
      yield `${JSON.stringify({ text: source, ...(spans && { spans }), ...(split && { split }) })}\n`
    }
  },
}
