// Decimation of a curve for drawing: at most four points a pixel column, extremes kept.

export type Point = readonly [x: number, y: number]

/**
 * Points sorted by x → first, lowest, highest and last of each of `columns` equal spans of x,
 * so no spike is lost. Points whose y is not finite stay (they break the line).
 */
export function decimate(points: readonly Point[], columns: number): readonly Point[] {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last || points.length <= columns * 4 || last[0] <= first[0]) return points
  const scale = columns / (last[0] - first[0])
  const kept: Point[] = []
  let start = 0
  while (start < points.length) {
    const column = columnOf(points[start] ?? first)
    let end = start
    let low = start
    let high = start
    const breaks: number[] = []
    for (; end < points.length; end++) {
      const point = points[end] ?? last
      if (columnOf(point) !== column) break
      if (!Number.isFinite(point[1])) breaks.push(end)
      else {
        if (!(point[1] >= y(low))) low = end
        if (!(point[1] <= y(high))) high = end
      }
    }
    for (const index of [...new Set([start, low, high, ...breaks, end - 1])].sort((a, b) => a - b)) {
      const point = points[index]
      if (point) kept.push(point)
    }
    start = end
  }
  return kept

  function columnOf(point: Point): number {
    return Math.min(columns - 1, Math.floor((point[0] - (first?.[0] ?? 0)) * scale))
  }
  function y(index: number): number {
    return points[index]?.[1] ?? NaN
  }
}

/** The part of the line inside [low, high]; where it crosses an edge, the point on the edge is put in. */
export function windowOf(points: readonly Point[], low: number, high: number): readonly Point[] {
  let from = points.findIndex(([x]) => x >= low)
  if (from < 0) from = points.length
  const to = points.findLastIndex(([x]) => x <= high)
  const at = (edge: number, before: Point | undefined, after: Point | undefined): readonly Point[] => {
    if (!before || !after || after[0] <= before[0]) return []
    return [[edge, before[1] + ((after[1] - before[1]) * (edge - before[0])) / (after[0] - before[0])]]
  }
  const first = points[from]
  const last = points[to]
  return [
    ...(first?.[0] === low ? [] : at(low, points[from - 1], first)),
    ...points.slice(from, to + 1),
    ...(last?.[0] === high ? [] : at(high, last, points[to + 1])),
  ]
}
