// Sample `speakers`: the recordings of `commands` by who speaks, tested on words and takes that training never hears.
import type { Split } from '../../contract/recipe.ts'
import type { NewSample } from '../../data/new-sample.ts'
import type { BuiltInSample } from '../sample.ts'
import { recordings, speechSample } from '../speech-archive.ts'
import { voiceOf, VOICES } from '../voices.ts'

/** Said in the test split only. */
const TEST_WORDS = new Set(['off', 'stop', 'go'])
/** Of the other seven words, the take that validates. */
const VAL_TAKE = '3'

const splitOf = (word: string, take: string): Split => (TEST_WORDS.has(word) ? 'test' : take === VAL_TAKE ? 'val' : 'train')

async function* open(): AsyncGenerator<NewSample> {
  for await (const { file, row, bytes } of recordings('commands', 'commands.zip', 'commands.csv')) {
    const speaker = voiceOf(row['speaker'] ?? '')
    yield await speechSample({ name: file.replace('commands/', 'speakers/'), bytes, split: splitOf(row['word'] ?? '', row['take'] ?? ''), className: speaker, speaker: null })
  }
}

export const speakers: BuiltInSample = {
  title: 'Speakers',
  task: 'speaker-identification',
  samples: 320,
  bytes: 4_650_255,
  licence: 'Synthetic: made with espeak-ng and sox by engine/samples/commands/make.sh; free to use for any purpose.',
  description: 'Who of seven synthetic voices speaks: 40 or 80 one-word recordings each. The test split has three words that training never hears, in takes of their own.',
  trainSeconds: 60,
  classes: VOICES,
  open,
}
