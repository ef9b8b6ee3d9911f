// CSV and TSV of texts with their classes.
import { csvOfTexts } from './source/define-text-table.ts'

export const csvTexts = csvOfTexts(
  { title: 'CSV of texts', description: 'A column of texts (text, sentence, review …) and one of classes (label, class …), and split if there is one; CSV or TSV. Without a header: a text and a class in each row.', inputs: ['text'], tasks: ['text-classification'] },
  false,
)
