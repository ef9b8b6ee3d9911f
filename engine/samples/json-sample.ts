// JSON samples of built-in data sets: an object as bytes with its hash.
import { createHash } from 'node:crypto'
import type { NewSample } from '../data/new-sample.ts'

type Rest = Pick<NewSample, 'name' | 'split' | 'className'> & Partial<Pick<NewSample, 'label' | 'meta' | 'channels'>>

export function jsonSample(content: unknown, rest: Rest): NewSample {
  return bytesSample(new TextEncoder().encode(JSON.stringify(content)), rest)
}

export function bytesSample(data: Uint8Array, rest: Rest): NewSample {
  return { sha256: createHash('sha256').update(data).digest('hex'), ref: null, bytes: data.length, mime: 'application/json', width: 0, height: 0, channels: 1, data, ...rest }
}
