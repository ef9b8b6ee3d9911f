// Class names as data bring them, made fit to keep.

/** As long as a class name may be, in characters. */
export const MAX_CLASS_NAME = 200

/**
 * Trims, composes accents (NFC) and turns control characters into spaces; nothing else is changed, so `<script>` stays as it is.
 * A name that is too long is not cut, since two could then become one: the sample is kept without label.
 */
export function cleanClassName(raw: string | null): { readonly name: string | null; readonly problem: string | null } {
  if (raw === null) return { name: null, problem: null }
  const name = raw.normalize('NFC').replace(/\p{Cc}+/gu, ' ').trim()
  const length = Array.from(name).length
  if (length > MAX_CLASS_NAME) return { name: null, problem: `the label has ${length} characters, at most ${MAX_CLASS_NAME} are kept; the sample is stored without label` }
  return { name: name === '' ? null : name, problem: null }
}
