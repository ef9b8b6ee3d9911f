// A ref kept in this browser or window: pane widths, last choices. Never project data.
import { ref, watch, type Ref } from 'vue'

const PREFIX = 'lathe:'

export function remember<T>(key: string, initial: T, valid: (value: unknown) => value is T): Ref<T> {
  const value = ref(read(key, initial, valid)) as Ref<T>
  watch(value, (now) => { write(key, now) }, { deep: true, flush: 'sync' })
  return value
}

function read<T>(key: string, initial: T, valid: (value: unknown) => value is T): T {
  try {
    const text = localStorage.getItem(PREFIX + key)
    const parsed: unknown = text === null ? undefined : JSON.parse(text)
    return valid(parsed) ? parsed : initial
  } catch {
    return initial
  }
}
function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify(value))
  } catch {
    // No storage in this host: it is remembered for this page only.
  }
}

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value)
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'
export const oneOf = <T extends string>(...names: readonly T[]) => (value: unknown): value is T => names.includes(value as T)
