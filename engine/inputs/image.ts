// Images: PNG, JPEG, WebP, GIF, BMP and TIFF.
import { probe } from '../data/decode.ts'
import type { InputDef } from './input.ts'

export const image: InputDef = {
  title: 'Image',
  plural: 'images',
  probe: async (bytes, name) => {
    const { mime, width, height, channels } = await probe(bytes, name)
    return { mime, width, height, channels, meta: {} }
  },
}
