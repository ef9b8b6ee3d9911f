// CSV of recordings with the speaker of each.
import { SPEAKER_NAMES } from './source/audio-source.ts'
import { audioTable } from './source/audio-tables.ts'

export const csvSpeakers = audioTable({
  title: 'CSV of recordings and speakers',
  description: 'A column of paths to recordings and one named speaker (or speaker_id, client_id, voice, label), and split where there is one. Alone, in a folder or in a zip.',
  tasks: ['speaker-identification'],
  labels: ['speaker', ...SPEAKER_NAMES.slice(1), 'label', 'class'],
  labelOf: (cell) => ({ className: cell }),
  cellOf: ({ className }) => className ?? '',
  // The speaker is the class here: splits must not keep one's recordings together.
  grouped: false,
})
