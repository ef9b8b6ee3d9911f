// Where Space and a digit go on to: the next sample that has no label, else simply the next.
export function nextSample(total: number, from: number, labelled: (index: number) => boolean | undefined): number {
  /** Looked at ahead; beyond it rows may not be loaded. */
  const reach = Math.min(total - 1, from + 500)
  for (let index = from + 1; index <= reach; index++) if (labelled(index) === false) return index
  return Math.min(total - 1, from + 1)
}
