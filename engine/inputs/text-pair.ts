// Pairs of texts: JSON with `a` and `b`.
import { readPair } from '../data/text/read.ts'
import type { InputDef } from './input.ts'

export const textPair: InputDef = {
  title: 'Pair of texts',
  plural: 'pairs',
  probe: (bytes) => Promise.resolve().then(() => {
    const { a, b } = readPair(bytes)
    return { mime: 'application/json', width: 0, height: 0, channels: 1, meta: { characters: Array.from(a).length + Array.from(b).length } }
  }),
}
