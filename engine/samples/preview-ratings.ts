// ratingCells(): who gave how many stars to what, as a small table.

export interface Rating {
  readonly user: string
  readonly item: string
  readonly stars: number
}

/** The first people by the items that these rated most often: row-major, NaN where nothing was given. */
export function ratingCells(ratings: readonly Rating[], { height, width }: { readonly height: number; readonly width: number }): Float32Array {
  const users = [...new Set(ratings.map(({ user }) => user))].slice(0, height)
  const theirs = ratings.filter(({ user }) => users.includes(user))
  const counts = Map.groupBy(theirs, ({ item }) => item)
  const items = [...counts].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1)).slice(0, width).map(([item]) => item)
  const cells = new Float32Array(height * width).fill(Number.NaN)
  for (const { user, item, stars } of theirs) {
    const at = items.indexOf(item)
    if (at >= 0) cells[users.indexOf(user) * width + at] = stars
  }
  return cells
}
