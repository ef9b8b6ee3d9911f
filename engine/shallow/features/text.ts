// Features of texts: a bag of words.
import type { FeatureDef } from './features.ts'
import { bagOfWords, wordsOf } from './words.ts'

export const text: FeatureDef = {
  title: 'counts of words, without their order',
  fit: (samples) => bagOfWords(samples, (bytes) => wordsOf(new TextDecoder().decode(bytes))),
}
