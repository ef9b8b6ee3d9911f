// explanationPng: a sample beside its explanation, upscaled, as one PNG.
import sharp from 'sharp'
import type { Explanation } from '../../engine/contract/commands.ts'

/** Least height of each picture, and the gap between the two, in pixels. */
const SIDE = 336
const GAP = 8
type Colour = readonly [red: number, green: number, blue: number]
const FOR: Colour = [214, 39, 40]
const AGAINST: Colour = [31, 119, 180]

/** `source` is the sample's file as it came. Red speaks for the class, blue against it; the stronger, the more opaque. */
export async function explanationPng(source: Uint8Array, { map, height, width, signed }: Explanation): Promise<Buffer> {
  const scale = Math.max(1, Math.ceil(SIDE / height))
  const size = { width: width * scale, height: height * scale }
  const base = await sharp(source).autoOrient().flatten({ background: '#fff' }).toColourspace('srgb').resize({ ...size, fit: 'fill', kernel: 'nearest' }).removeAlpha().png().toBuffer()
  const grey = await sharp(base).greyscale().toColourspace('srgb').png().toBuffer()
  const overlay = await sharp(heat(map, signed), { raw: { width, height, channels: 4 } }).resize({ ...size, kernel: 'nearest' }).png().toBuffer()
  const right = await sharp(grey).composite([{ input: overlay }]).png().toBuffer()
  return sharp({ create: { width: 2 * size.width + GAP, height: size.height, channels: 3, background: '#fff' } })
    .composite([{ input: base, left: 0, top: 0 }, { input: right, left: size.width + GAP, top: 0 }])
    .png()
    .toBuffer()
}

/** RGBA, row-major as `map`; opacity is the share of the strongest value. */
function heat(map: Float32Array, signed: boolean): Uint8Array {
  const strongest = map.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
  const rgba = new Uint8Array(map.length * 4)
  map.forEach((value, i) => {
    rgba.set([...(signed && value < 0 ? AGAINST : FOR), Math.round(230 * Math.abs(value / strongest) ** 0.7)], i * 4)
  })
  return rgba
}
