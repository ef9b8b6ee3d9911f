// Images and folders for tests and benchmarks: made on the spot, the same every time.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import { encodePng } from '../../engine/data/png.ts'
import { Random } from '../../engine/data/random.ts'

/** Grey noise of its own for each `index`. */
export function noise(width: number, height: number, index = 0, channels: 1 | 3 = 1): { width: number; height: number; channels: 1 | 3; data: Uint8Array } {
  const random = new Random(99, 'sample', index)
  return { width, height, channels, data: Uint8Array.from({ length: width * height * channels }, () => random.uint32() & 255) }
}

export const png = (width = 8, height = 8, index = 0): Uint8Array => encodePng(noise(width, height, index))

export function encoded(format: 'png' | 'jpeg' | 'webp' | 'gif' | 'tiff', index = 0, width = 16, height = 12): Promise<Uint8Array> {
  const { data } = noise(width, height, index, 3)
  return sharp(data, { raw: { width, height, channels: 3 } }).toFormat(format).toBuffer()
}

/** A folder of its own under the system's temporary one. */
export function tempFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'lathe-test-'))
}

/** Writes `files` (relative path → content) under `folder`. */
export async function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
}

/** An image folder of `count` PNGs of `side` × `side` in ten classes, compressed as usual ones are. */
export async function writeImageFolder(folder: string, count: number, side = 28): Promise<void> {
  for (let c = 0; c < 10; c++) await mkdir(join(folder, String(c)), { recursive: true })
  for (let i = 0; i < count; i++) {
    const bytes = await sharp(noise(side, side, i).data, { raw: { width: side, height: side, channels: 1 } }).toColourspace('b-w').png().toBuffer()
    await writeFile(join(folder, String(i % 10), `${String(i).padStart(6, '0')}.png`), bytes)
  }
}

/** Uncompressed BMP of 24 bits, bottom row first, from RGB pixels. */
export function bmp24(width: number, height: number, rgb: ArrayLike<number>): Uint8Array {
  const stride = Math.ceil((width * 3) / 4) * 4
  const out = new Uint8Array(54 + stride * height)
  const view = new DataView(out.buffer)
  out.set([0x42, 0x4d])
  view.setUint32(2, out.length, true)
  view.setUint32(10, 54, true)
  view.setUint32(14, 40, true)
  view.setInt32(18, width, true)
  view.setInt32(22, height, true)
  view.setUint16(26, 1, true)
  view.setUint16(28, 24, true)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) out[54 + (height - 1 - y) * stride + x * 3 + 2 - c] = rgb[(y * width + x) * 3 + c] ?? 0
  }
  return out
}
