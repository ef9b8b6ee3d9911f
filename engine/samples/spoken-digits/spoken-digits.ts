// Sample `spoken-digits`: strings of two to five spoken digits with their transcripts, with voices kept apart between the splits.
import type { NewSample } from '../../data/new-sample.ts'
import type { BuiltInSample } from '../sample.ts'
import { recordings, speechSample } from '../speech-archive.ts'
import { splitByVoice, voiceOf } from '../voices.ts'

async function* open(): AsyncGenerator<NewSample> {
  for await (const { file, row, bytes } of recordings('spoken-digits', 'digits.zip', 'digits.csv')) {
    const speaker = voiceOf(row['speaker'] ?? '')
    yield await speechSample({ name: file, bytes, split: splitByVoice(speaker), className: null, label: { kind: 'text', text: row['text'] ?? '' }, speaker })
  }
}

export const spokenDigits: BuiltInSample = {
  title: 'Spoken digits',
  task: 'speech-to-text',
  samples: 300,
  bytes: 4_157_890,
  licence: 'Synthetic: made with espeak-ng and sox by engine/samples/commands/make.sh; free to use for any purpose.',
  description: '300 strings of two to five English digits by seven synthetic voices, with transcripts. The voices of val and test are heard in no other split.',
  trainSeconds: 90,
  classes: [],
  open,
}
