// Scroll positions by address, so that back and forward return to the same place.
const positions = new Map<string, number>()
const MOST = 200

export const recallScroll = (key: string): number => positions.get(key) ?? 0
export function rememberScroll(key: string, top: number): void {
  positions.delete(key)
  positions.set(key, top)
  const oldest = positions.keys().next()
  if (positions.size > MOST && oldest.done !== true) positions.delete(oldest.value)
}
