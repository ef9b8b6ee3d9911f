// Texts: UTF-8.
import { readText } from '../data/text/read.ts'
import type { InputDef } from './input.ts'

export const text: InputDef = {
  title: 'Text',
  plural: 'texts',
  probe: (bytes) => Promise.resolve().then(() => ({ mime: 'text/plain', width: 0, height: 0, channels: 1, meta: { characters: Array.from(readText(bytes)).length } })),
}
