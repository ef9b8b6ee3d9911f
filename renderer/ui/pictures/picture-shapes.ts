// Shapes on a picture: what the overlay draws, from labels with class ids and from outputs with class names.
import type { ClassRecord } from '../../../db/contract/records.ts'
import type { Outputs } from '../../../engine/contract/commands.ts'
import type { NumberedLabel } from '../../../engine/contract/label.ts'
import type { MaskRuns } from './raster.ts'

export interface DrawnBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly name: string
  /** Of the class in its project; −1 for one that is gone. */
  readonly position: number
  readonly score?: number
}
export interface DrawnMask {
  readonly width: number
  readonly height: number
  /** With positions of classes. */
  readonly runs: MaskRuns<number>
}
export interface Shapes {
  readonly boxes: readonly DrawnBox[]
  readonly mask: DrawnMask | null
}

const NONE: Shapes = { boxes: [], mask: null }

/** `positionOf` and `nameOf`: of a class id. */
export function shapesOfLabel(label: NumberedLabel | null | undefined, positionOf: (id: number) => number, nameOf: (id: number) => string): Shapes {
  if (label?.kind === 'boxes') return { boxes: label.boxes.map((box) => ({ ...box, name: nameOf(box.class), position: positionOf(box.class) })), mask: null }
  if (label?.kind === 'mask') return { boxes: [], mask: { width: label.width, height: label.height, runs: label.runs.map(([id, n]) => [id === null ? null : positionOf(id), n] as const) } }
  return NONE
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** What is no box or mask of ours is left out. */
export function shapesOfOutput(output: Outputs, classes: readonly ClassRecord[]): Shapes {
  if (Array.isArray(output) || !isObject(output)) return NONE
  const positionOf = (name: unknown): number => classes.find((record) => record.name === name)?.position ?? -1
  const { kind, boxes, width, height, runs } = output as Readonly<Record<string, unknown>>
  if (kind === 'boxes' && Array.isArray(boxes)) {
    return { mask: null, boxes: boxes.flatMap((box: unknown) => (isObject(box) && [box['x'], box['y'], box['width'], box['height']].every((v) => typeof v === 'number') ? [{ x: box['x'] as number, y: box['y'] as number, width: box['width'] as number, height: box['height'] as number, name: String(box['class']), position: positionOf(box['class']), ...(typeof box['score'] === 'number' && { score: box['score'] }) }] : [])) }
  }
  if (kind === 'mask' && Array.isArray(runs) && typeof width === 'number' && typeof height === 'number') {
    return { boxes: [], mask: { width, height, runs: (runs as (readonly [unknown, number])[]).map(([name, n]) => [name === null ? null : positionOf(name), n] as const) } }
  }
  return NONE
}
