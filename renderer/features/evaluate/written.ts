// writtenOf(): what a run wrote, from its prediction.
import { z } from 'zod'

const continuation = z.looseObject({ kind: z.literal('continuation'), prompt: z.string().default(''), text: z.string(), next: z.array(z.object({ token: z.string(), probability: z.number() })) })
const translation = z.looseObject({ kind: z.literal('translation'), text: z.string(), probability: z.number().nullable().default(null) })

export interface Written {
  /** What the text goes on from; empty where it stands alone. */
  readonly before: string
  readonly text: string
  /** Most probable first tokens of what follows. */
  readonly next: readonly { readonly token: string; readonly probability: number }[]
  readonly probability: number | null
}

/** Null for predictions of another kind. */
export function writtenOf(outputs: unknown): Written | null {
  const continued = continuation.safeParse(outputs)
  if (continued.success) return { before: continued.data.prompt, text: continued.data.text, next: continued.data.next, probability: null }
  const translated = translation.safeParse(outputs)
  return translated.success ? { before: '', text: translated.data.text, next: [], probability: translated.data.probability } : null
}
