// Sample `spoken-digits`: strings of two to five spoken digits with their transcripts.
import type { Split } from '../../contract/recipe.ts'
import type { NewSample } from '../../data/new-sample.ts'
import { splitRandom } from '../../data/split.ts'
import type { BuiltInSample } from '../sample.ts'
import { recordings, speechSample } from '../speech-archive.ts'

const SPLIT_SEED = 0

async function* open(): AsyncGenerator<NewSample> {
  const splits: Split[] = splitRandom(spokenDigits.samples, [0.7, 0.1, 0.2], SPLIT_SEED)
  let i = 0
  for await (const { file, row, bytes } of recordings('spoken-digits', 'digits.zip', 'digits.csv')) {
    yield await speechSample({ name: file, bytes, split: splits[i++] ?? 'train', className: null, label: { kind: 'text', text: row['text'] ?? '' }, speaker: row['speaker'] ?? '' })
  }
}

export const spokenDigits: BuiltInSample = {
  title: 'Spoken digits',
  task: 'speech-to-text',
  samples: 300,
  bytes: 4_157_890,
  licence: 'Synthetic: made with espeak-ng and sox by engine/samples/commands/make.sh; free to use for any purpose.',
  description: '300 strings of two to five English digits by eight synthetic voices, with transcripts. The recordings of the test split are heard in no other; its voices are.',
  trainSeconds: 180,
  classes: [],
  open,
}
