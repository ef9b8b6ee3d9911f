// Voices of the built-in speech samples, and in which split each is heard.
import type { Split } from '../contract/recipe.ts'

/**
 * The voice of a speaker of the tables. Speaker 3 was asked for as another variant of speaker 2's language and came out as the same voice
 * (equal pitch, equal spectrum): they count as one, so that nobody is asked to tell them apart and no voice is in two splits.
 */
export const voiceOf = (speaker: string): string => (speaker === 'speaker-3' ? 'speaker-2' : speaker)

export const VOICES = ['speaker-0', 'speaker-1', 'speaker-2', 'speaker-4', 'speaker-5', 'speaker-6', 'speaker-7'] as const

/** A man and a woman to test on, another woman to validate on; the other four train. */
const TEST = new Set(['speaker-6', 'speaker-7'])
const VAL = new Set(['speaker-5'])

export const splitByVoice = (voice: string): Split => (TEST.has(voice) ? 'test' : VAL.has(voice) ? 'val' : 'train')
