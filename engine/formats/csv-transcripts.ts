// CSV of recordings with the transcript of each.
import { audioTable } from './source/audio-tables.ts'

export const csvTranscripts = audioTable({
  title: 'CSV of recordings and transcripts',
  description: 'A column of paths to recordings and one named text, transcript, transcription or sentence; speaker and split where there are such. Alone, in a folder or in a zip.',
  tasks: ['speech-to-text'],
  labels: ['text', 'transcript', 'transcription', 'sentence', 'label'],
  labelOf: (cell) => ({ className: null, label: cell.trim() === '' ? null : { kind: 'text', text: cell.trim() } }),
  cellOf: ({ label }) => (label?.kind === 'text' ? label.text : ''),
  grouped: true,
})
