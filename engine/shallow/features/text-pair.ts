// Features of pairs of texts: the words of each side, and of both at once.
import { readPair } from '../../data/text/read.ts'
import type { FeatureDef } from './features.ts'
import { bagOfWords, wordsOf } from './words.ts'

function read(bytes: Uint8Array): string[] {
  const pair = readPair(bytes)
  const [a, b] = [wordsOf(pair.a), wordsOf(pair.b)]
  const both = new Set(a)
  return [...a.map((word) => `a: ${word}`), ...b.map((word) => `b: ${word}`), ...b.map((word) => (both.has(word) ? '(in both)' : '(only in b)'))]
}

export const textPair: FeatureDef = { title: 'counts of words on each side and of those on both', fit: (samples) => bagOfWords(samples, read) }
