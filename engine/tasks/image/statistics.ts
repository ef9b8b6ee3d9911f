// Mean and standard deviation of the pixels of some pictures, each picture counting the same.
import { decode } from '../../data/decode.ts'
import { toChannels } from '../../data/load.ts'

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4

/** Per channel, of pixels scaled to 0..1. Pictures that cannot be read are left out; 0.5 and 0.25 where none can. */
export async function pixelStatistics(samples: readonly { readonly bytes: Uint8Array }[], channels: 1 | 3): Promise<{ mean: number[]; std: number[] }> {
  const sum = new Float64Array(channels)
  const squares = new Float64Array(channels)
  let count = 0
  for (const { bytes } of samples) {
    const pixels = await decode(bytes).then((decoded) => toChannels(decoded, channels)).catch(() => null)
    if (!pixels) continue
    count++
    const share = 1 / (pixels.width * pixels.height)
    for (let i = 0; i < pixels.data.length; i++) {
      const value = (pixels.data[i] ?? 0) / 255
      const c = i % channels
      sum[c] = (sum[c] ?? 0) + value * share
      squares[c] = (squares[c] ?? 0) + value * value * share
    }
  }
  if (count === 0) return { mean: new Array<number>(channels).fill(0.5), std: new Array<number>(channels).fill(0.25) }
  const mean = Array.from(sum, (s) => s / count)
  // A channel that never changes would be divided by zero.
  const std = Array.from(squares, (s, c) => Math.max(Math.sqrt(Math.max(0, s / count - (mean[c] ?? 0) ** 2)), 0.01))
  return { mean: mean.map(rounded), std: std.map(rounded) }
}
