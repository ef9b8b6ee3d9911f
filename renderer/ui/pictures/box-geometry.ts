// Geometry of boxes under the pointer: from the page to the picture's pixels, and what a drag makes of a box.

export interface Side {
  readonly width: number
  readonly height: number
}
export interface Rectangle extends Side {
  readonly x: number
  readonly y: number
}
export type Point = readonly [x: number, y: number]
/** Which edges a drag moves; all of none moves the box. */
export interface Grip {
  readonly left?: boolean
  readonly right?: boolean
  readonly top?: boolean
  readonly bottom?: boolean
}

/** A point of the page in pixels of a picture that is shown whole in the middle of `frame`. */
export function toPicture([x, y]: Point, frame: Rectangle, picture: Side): Point {
  const scale = Math.min(frame.width / picture.width, frame.height / picture.height) || 1
  return [(x - frame.x - (frame.width - picture.width * scale) / 2) / scale, (y - frame.y - (frame.height - picture.height * scale) / 2) / scale]
}

const clamp = (v: number, most: number): number => Math.max(0, Math.min(most, v))
const tenth = (v: number): number => Math.round(v * 10) / 10

/** Around two corners, within the picture. */
export function between([x1, y1]: Point, [x2, y2]: Point, { width, height }: Side): Rectangle {
  const [left, right] = [clamp(Math.min(x1, x2), width), clamp(Math.max(x1, x2), width)]
  const [top, bottom] = [clamp(Math.min(y1, y2), height), clamp(Math.max(y1, y2), height)]
  return { x: tenth(left), y: tenth(top), width: tenth(right - left), height: tenth(bottom - top) }
}

/** The box with the edges of `grip` moved by (dx, dy), or all of it. */
export function dragged(box: Rectangle, grip: Grip, [dx, dy]: Point, picture: Side): Rectangle {
  if (!(grip.left ?? grip.right ?? grip.top ?? grip.bottom)) {
    return { ...box, x: tenth(clamp(box.x + dx, picture.width - box.width)), y: tenth(clamp(box.y + dy, picture.height - box.height)) }
  }
  const [left, right] = [box.x + (grip.left ? dx : 0), box.x + box.width + (grip.right ? dx : 0)]
  const [top, bottom] = [box.y + (grip.top ? dy : 0), box.y + box.height + (grip.bottom ? dy : 0)]
  return between([left, top], [right, bottom], picture)
}

/** Smaller ones are slips of the pointer. */
export const LEAST_SIDE = 2
