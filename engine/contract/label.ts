// Label: what a person says of a sample where one class for all of it is not enough; validated at the door and canonical in the project.
import { z } from 'zod'

const coordinate = z.number().min(-1e6).max(1e6)
const size = z.number().positive().max(1e6)

/** `classRef`: a class's name at the doors, its id in a project file, its index inside the engine. */
const labelOf = <C extends z.ZodType>(classRef: C) =>
  z.discriminatedUnion('kind', [
    /** Any number of classes for the whole sample. */
    z.strictObject({ kind: z.literal('classes'), classes: z.array(classRef).max(1000) }),
    /** Boxes in pixels of the source image; x and y are of the upper left corner. */
    z.strictObject({ kind: z.literal('boxes'), boxes: z.array(z.strictObject({ class: classRef, x: coordinate, y: coordinate, width: size, height: size })).max(10_000) }),
    /** A class for each pixel of the source image, row by row, as runs of equal pixels; null is background. */
    z.strictObject({ kind: z.literal('mask'), width: z.int().min(1).max(65_535), height: z.int().min(1).max(65_535), runs: z.array(z.tuple([classRef.nullable(), z.int().min(1)])).max(4_000_000) }),
    /** Stretches of a text from `start` to before `end`, in UTF-16 code units. */
    z.strictObject({ kind: z.literal('spans'), spans: z.array(z.strictObject({ start: z.int().min(0), end: z.int().min(1), class: classRef })).max(100_000) }),
    /** A translation or a transcript. */
    z.strictObject({ kind: z.literal('text'), text: z.string().max(1_000_000) }),
    /** A quantity: a price, a rating, the value of a series at its time. */
    z.strictObject({ kind: z.literal('number'), value: z.number() }),
    /** Says that the sample needs no label to be learned from. */
    z.strictObject({ kind: z.literal('none') }),
  ])

export const namedLabel = labelOf(z.string().min(1).max(10_000))
export const storedLabel = labelOf(z.int().min(0))
/** With class names. */
export type NamedLabel = z.infer<typeof namedLabel>
/** With class ids in a project, with class indices in the engine. */
export type NumberedLabel = z.infer<typeof storedLabel>
export type LabelKind = NamedLabel['kind'] | 'class'

/** The same label with other references to its classes. */
export function mapClasses(label: NamedLabel, map: (ref: string) => number): NumberedLabel
export function mapClasses(label: NumberedLabel, map: (ref: number) => number): NumberedLabel
export function mapClasses(label: NumberedLabel, map: (ref: number) => string): NamedLabel
export function mapClasses(label: NamedLabel | NumberedLabel, map: (ref: never) => string | number): unknown {
  const of = map as (ref: string | number) => string | number
  switch (label.kind) {
    case 'classes':
      return { ...label, classes: label.classes.map(of) }
    case 'boxes':
      return { ...label, boxes: label.boxes.map((box) => ({ ...box, class: of(box.class) })) }
    case 'mask':
      return { ...label, runs: label.runs.map(([ref, length]) => [ref === null ? null : of(ref), length]) }
    case 'spans':
      return { ...label, spans: label.spans.map((span) => ({ ...span, class: of(span.class) })) }
    default:
      return label
  }
}

/** Every class that the label names, each once. */
export function classesOf<C extends string | number>(label: NamedLabel | NumberedLabel): C[] {
  const refs = label.kind === 'classes' ? label.classes : label.kind === 'boxes' ? label.boxes.map((box) => box.class) : label.kind === 'spans' ? label.spans.map((span) => span.class) : label.kind === 'mask' ? label.runs.flatMap(([ref]) => (ref === null ? [] : [ref])) : []
  return [...new Set(refs)] as C[]
}
