// Voices of the built-in speech samples, and in which split each is heard.
import type { Split } from '../contract/recipe.ts'

/** A man and a woman to test on, another woman to validate on; their accents, not their voices, are also among the five that train. */
const TEST = new Set(['speaker-2', 'speaker-7'])
const VAL = new Set(['speaker-5'])

export const splitByVoice = (speaker: string): Split => (TEST.has(speaker) ? 'test' : VAL.has(speaker) ? 'val' : 'train')
