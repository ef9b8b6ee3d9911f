// JSON Lines of texts with their classes.
import { jsonlOfTexts } from './source/define-text-table.ts'

export const jsonlTexts = jsonlOfTexts({ title: 'JSON Lines of texts', description: 'Each line an object {"text": "…", "label": "…"}, and "split" if there is one.', inputs: ['text'], tasks: ['text-classification'] }, false)
