// Samples of built-in data sets that are texts.
import { createHash } from 'node:crypto'
import type { NewSample } from '../data/new-sample.ts'

type Rest = Pick<NewSample, 'name' | 'split' | 'className'> & Partial<Pick<NewSample, 'label' | 'meta'>>

export function textSample(text: string, rest: Rest): NewSample {
  const data = new TextEncoder().encode(text)
  return { sha256: createHash('sha256').update(data).digest('hex'), ref: null, bytes: data.length, mime: 'text/plain', width: 0, height: 0, channels: 1, data, meta: { characters: Array.from(text).length }, ...rest }
}
