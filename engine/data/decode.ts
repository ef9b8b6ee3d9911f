// Decoding of images: bytes → 8-bit grey or sRGB pixels, the same wherever in the app an image is read.
import type { Sharp } from 'sharp'
import { bmpSize, decodeBmp } from './bmp.ts'
import { DecodeError } from './decode-error.ts'
import { claimedFormat, extension, imageFormat, MIME, otherFormat, type ImageFormat } from './sniff.ts'
import { loadSharp } from './sharp.ts'
import { decodeSmallPng } from './small-png.ts'
import type { Pixels } from './types.ts'

/** Larger images are refused before their pixels are touched. */
export const MAX_PIXELS = 100_000_000
/** Above this many pixels a check reads the image in strips instead of holding it whole. */
const STREAMED = 16_000_000

export interface ImageInfo {
  readonly format: ImageFormat
  readonly mime: string
  /** After EXIF orientation. */
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3
}

/** Grey stays one channel; everything else becomes sRGB. */
const isGrey = (space: string | undefined): boolean => space === 'b-w' || space === 'grey16'

function tooLarge(width: number, height: number): DecodeError {
  return new DecodeError(`over 100 megapixels (${width} × ${height})`)
}

async function inspect(bytes: Uint8Array, format: ImageFormat): Promise<ImageInfo> {
  if (format === 'bmp') {
    const size = bmpSize(bytes)
    if (size.width * size.height > MAX_PIXELS) throw tooLarge(size.width, size.height)
    return { format, mime: MIME.bmp, ...size, channels: 3 }
  }
  const sharp = await loadSharp()
  const meta = await sharp(bytes, { limitInputPixels: false, failOn: 'error' })
    .metadata()
    .catch(() => null)
  if (!meta) throw new DecodeError(`corrupt ${format.toUpperCase()}`)
  const { width, height } = meta.autoOrient
  if (width * height > MAX_PIXELS) throw tooLarge(width, height)
  return { format, mime: MIME[format], width, height, channels: isGrey(meta.space) ? 1 : 3 }
}

function formatOf(bytes: Uint8Array): ImageFormat {
  if (bytes.length === 0) throw new DecodeError('empty file')
  const format = imageFormat(bytes)
  if (format) return format
  const other = otherFormat(bytes)
  throw new DecodeError(other ? `not an image that can be read here (${other})` : 'not an image')
}

async function pipeline(bytes: Uint8Array, channels: 1 | 3): Promise<Sharp> {
  const sharp = await loadSharp()
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
}

/** Photographs are decoded one after the other: many small images may be in memory at once, many large ones may not. */
const LARGE = 4_000_000
let large: Promise<unknown> = Promise.resolve()

async function pixels(bytes: Uint8Array, info: ImageInfo): Promise<Pixels> {
  if (info.width * info.height <= LARGE) return convert(bytes, info)
  const mine = large.then(() => convert(bytes, info))
  large = mine.catch(() => undefined)
  return mine
}

async function convert(bytes: Uint8Array, info: ImageInfo): Promise<Pixels> {
  if (info.format === 'bmp') return decodeBmp(bytes)
  try {
    const { data, info: out } = await (await pipeline(bytes, info.channels)).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true })
    return { width: out.width, height: out.height, channels: out.channels === 1 ? 1 : 3, data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) }
  } catch {
    throw new DecodeError(`corrupt ${info.format.toUpperCase()}`)
  }
}

/**
 * Decodes the first frame: EXIF orientation applied, alpha over white, 16 bits to 8, CMYK and other spaces to sRGB.
 * @throws {DecodeError} with the reason: empty, not an image, corrupt, over 100 megapixels.
 */
export async function decode(bytes: Uint8Array): Promise<Pixels> {
  return decodeSmallPng(bytes) ?? pixels(bytes, await inspect(bytes, formatOf(bytes)))
}

/** Height and width after EXIF orientation, from the head of the file. @throws {DecodeError} as `decode` does. */
export async function sizeOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  const { width, height } = await inspect(bytes, formatOf(bytes))
  return { width, height }
}

/**
 * Reads the whole image once and says what it is, or why it cannot be taken.
 * @param name its extension must not claim another format than the content has.
 * @throws {DecodeError}
 */
export async function probe(bytes: Uint8Array, name: string): Promise<ImageInfo> {
  const format = formatOf(bytes)
  const ext = extension(name)
  // Extensions with a digit first (`scan.0001`) are numbering, not a claim.
  if (/^[a-z]/.test(ext) && claimedFormat(name) !== format) throw new DecodeError(`wrongly named: .${ext} but the content is ${format.toUpperCase()}`)
  const small = decodeSmallPng(bytes)
  if (small) return { format, mime: MIME[format], width: small.width, height: small.height, channels: small.channels }
  const info = await inspect(bytes, format)
  if (info.width * info.height > STREAMED && format !== 'bmp') {
    await (await pipeline(bytes, info.channels))
      .resize({ width: 1, height: 1, fit: 'fill', fastShrinkOnLoad: false })
      .raw()
      .toBuffer()
      .catch(() => {
        throw new DecodeError(`corrupt ${format.toUpperCase()}`)
      })
    return info
  }
  const { width, height, channels } = await pixels(bytes, info)
  return { ...info, width, height, channels }
}
