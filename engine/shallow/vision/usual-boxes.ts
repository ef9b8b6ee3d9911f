// Where objects of each class usually are, whatever the picture: what knowing nothing gives.
import { iou, type Box, type ScoredBox } from '../../metrics/detection.ts'

export interface PlacedBoxes {
  readonly height: number
  readonly width: number
  readonly boxes: readonly Box[]
}

/** Boxes of each class that are told. */
const MOST = 5

/** In shares of the picture: of each class the labelled boxes that meet the most others, each new one apart from those before. */
export function fitUsualBoxes(pictures: readonly PlacedBoxes[], classes: number): (size: { readonly height: number; readonly width: number }) => ScoredBox[] {
  const all = pictures.flatMap(({ height, width, boxes }) => boxes.map((b) => ({ class: b.class, x: b.x / width, y: b.y / height, width: b.width / width, height: b.height / height })))
  const chosen = Array.from({ length: classes }, (_, c) => {
    let left = all.filter((box) => box.class === c).slice(0, 500)
    const found: ScoredBox[] = []
    while (found.length < MOST && left.length > 0) {
      const met = left.map((box) => left.filter((other) => iou(box, other) >= 0.5).length)
      const at = met.reduce((best, n, i) => (n > (met[best] ?? 0) ? i : best), 0)
      const box = left[at]
      if (!box) break
      found.push({ ...box, score: (met[at] ?? 0) / Math.max(1, pictures.length) })
      left = left.filter((other) => iou(box, other) < 0.5)
    }
    return found
  }).flat()
  return ({ height, width }) => chosen.map((b) => ({ ...b, x: b.x * width, y: b.y * height, width: b.width * width, height: b.height * height }))
}
