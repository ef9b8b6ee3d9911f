// Gathers keys for a moment, then hands them on once.
export function coalesce<T>(ms: number, give: (keys: readonly T[]) => void): (...keys: readonly T[]) => void {
  const gathered = new Set<T>()
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...keys) => {
    for (const key of keys) gathered.add(key)
    timer ??= setTimeout(() => {
      timer = undefined
      const all = [...gathered]
      gathered.clear()
      give(all)
    }, ms)
  }
}
