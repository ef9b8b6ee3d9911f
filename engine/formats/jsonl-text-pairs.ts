// JSON Lines of pairs of texts with their classes.
import { jsonlOfTexts } from './source/define-text-table.ts'

export const jsonlTextPairs = jsonlOfTexts({ title: 'JSON Lines of pairs of texts', description: 'Each line an object {"text_a": "…", "text_b": "…", "label": "…"} (or a and b, premise and hypothesis …), and "split" if there is one.', inputs: ['text-pair'] }, true)
