// CSV of recordings with a class each: words, commands, sounds.
import { audioTable } from './source/audio-tables.ts'

export const csvWords = audioTable({
  title: 'CSV of recordings and words',
  description: 'A column of paths to recordings and one named label, class, word, keyword or command; speaker and split where there are such. Alone, in a folder or in a zip.',
  tasks: ['keyword-spotting'],
  labels: ['label', 'class', 'word', 'keyword', 'command', 'category'],
  labelOf: (cell) => ({ className: cell }),
  cellOf: ({ className }) => className ?? '',
  grouped: true,
})
