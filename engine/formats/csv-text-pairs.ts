// CSV and TSV of pairs of texts with their classes.
import { csvOfTexts } from './source/define-text-table.ts'

export const csvTextPairs = csvOfTexts(
  { title: 'CSV of pairs of texts', description: 'Two columns of texts (text_a and text_b, sentence1 and sentence2, premise and hypothesis …), one of classes (label …), and split if there is one; CSV or TSV.', inputs: ['text-pair'] },
  true,
)
