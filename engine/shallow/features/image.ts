// Features of images: grey pixels, shrunk to at most 16 × 16 by means.
import { decode } from '../../data/decode.ts'
import { toChannels } from '../../data/load.ts'
import type { FeatureDef } from './features.ts'

const SIDE = 16

/** Mean of the pixels under each cell; a pixel belongs to the cell of its centre. */
async function cells(bytes: Uint8Array, height: number, width: number): Promise<Float32Array> {
  const pixels = toChannels(await decode(bytes), 1)
  const sum = new Float32Array(height * width)
  const count = new Float32Array(height * width)
  for (let y = 0; y < pixels.height; y++) {
    for (let x = 0; x < pixels.width; x++) {
      const cell = Math.floor(((y + 0.5) * height) / pixels.height) * width + Math.floor(((x + 0.5) * width) / pixels.width)
      sum[cell] = (sum[cell] ?? 0) + (pixels.data[y * pixels.width + x] ?? 0)
      count[cell] = (count[cell] ?? 0) + 1
    }
  }
  return sum.map((s, i) => s / (255 * Math.max(1, count[i] ?? 1)))
}

export const image: FeatureDef = {
  title: 'grey pixels, shrunk to at most 16 × 16',
  fit: async (samples) => {
    const first = samples[0] ? await decode(samples[0]) : { height: SIDE, width: SIDE }
    const [height, width] = [Math.min(SIDE, first.height), Math.min(SIDE, first.width)]
    return {
      names: Array.from({ length: height * width }, (_, i) => `pixel ${Math.floor(i / width)}, ${i % width}`),
      counts: false,
      of: (bytes) => cells(bytes, height, width),
      describe: () => ({ pixels: `grey by ITU-R BT.601, means over a grid of ${height} × ${width}, divided by 255`, height, width }),
    }
  },
}
