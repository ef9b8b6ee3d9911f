// Sample `commands`: ten spoken words by seven voices, other speech and no speech, with voices kept apart between the splits.
import type { NewSample } from '../../data/new-sample.ts'
import type { BuiltInSample } from '../sample.ts'
import { recordings, speechSample } from '../speech-archive.ts'
import { splitByVoice, voiceOf } from '../voices.ts'
import { otherSpeech } from './other-speech.ts'
import { silence } from './silence.ts'

const WORDS = ['yes', 'no', 'up', 'down', 'left', 'right', 'on', 'off', 'stop', 'go']

async function* open(): AsyncGenerator<NewSample> {
  for await (const { file, row, bytes } of recordings('commands', 'commands.zip', 'commands.csv')) {
    const speaker = voiceOf(row['speaker'] ?? '')
    yield await speechSample({ name: file, bytes, split: splitByVoice(speaker), className: row['word'] ?? null, speaker })
  }
  for await (const clip of otherSpeech()) yield await speechSample({ ...clip, split: splitByVoice(clip.speaker), className: '_unknown_' })
  for (const clip of silence()) yield await speechSample({ ...clip, className: '_silence_', speaker: null })
}

export const commands: BuiltInSample = {
  title: 'Spoken commands',
  task: 'keyword-spotting',
  samples: 540,
  bytes: 4_650_255,
  licence: 'Synthetic: made with espeak-ng and sox by engine/samples/commands/make.sh; free to use for any purpose. Clips of class _unknown_ are pieces of the sample spoken-digits with pink noise, clips of class _silence_ are noise drawn from a seed.',
  description: 'Ten words (yes, no, up, down, left, right, on, off, stop, go) by seven synthetic voices, 32 takes each; 140 clips of other speech and 80 without speech. The voices of val and test are heard in no other split.',
  trainSeconds: 60,
  classes: [...WORDS, '_unknown_', '_silence_'],
  open,
}
