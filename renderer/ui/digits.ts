// Keys of classes: a class that is named by a digit has that key; the others take 1…9 and 0 in order.
interface Named {
  readonly name: string
}
const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const

/** Class of each digit. Among pictures of handwritten digits the key 7 sets the class "7", whatever its place. */
export function digitKeys<T extends Named>(classes: readonly T[]): ReadonlyMap<string, T> {
  const keys = new Map<string, T>()
  for (const one of classes) if ((KEYS as readonly string[]).includes(one.name) && !keys.has(one.name)) keys.set(one.name, one)
  const named = new Set(keys.values())
  const free = KEYS.filter((key) => !keys.has(key))
  classes.filter((one) => !named.has(one)).slice(0, free.length).forEach((one, i) => keys.set(free[i] ?? '', one))
  return keys
}

/** The digit of each class, the other way round. */
export const digitsOf = <T extends Named>(classes: readonly T[]): ReadonlyMap<T, string> => new Map([...digitKeys(classes)].map(([key, one]) => [one, key]))
