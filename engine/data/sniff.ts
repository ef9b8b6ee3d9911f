// Which file format bytes are, by their signature: names are never believed.
const IMAGE_EXTENSIONS = { png: ['png', 'apng'], jpeg: ['jpg', 'jpeg', 'jpe', 'jfif'], webp: ['webp'], gif: ['gif'], bmp: ['bmp', 'dib'], tiff: ['tif', 'tiff'] } as const
export type ImageFormat = keyof typeof IMAGE_EXTENSIONS

export const MIME: Readonly<Record<ImageFormat, string>> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp', gif: 'image/gif', bmp: 'image/bmp', tiff: 'image/tiff' }

const byExtension = new Map<string, ImageFormat>()
for (const [format, extensions] of Object.entries(IMAGE_EXTENSIONS)) for (const e of extensions) byExtension.set(e, format as ImageFormat)

/** Lower-case extension without the dot; empty where there is none. */
export function extension(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

/** The image format that a name claims; null where it claims none. */
export function claimedFormat(name: string): ImageFormat | null {
  return byExtension.get(extension(name)) ?? null
}

const starts = (bytes: Uint8Array, signature: readonly number[], at = 0): boolean => signature.every((b, i) => bytes[at + i] === b)
const ascii = (bytes: Uint8Array, from: number, to: number): string => String.fromCharCode(...bytes.subarray(from, to))

/** The image format of the content; null where it is none of those read here. */
export function imageFormat(bytes: Uint8Array): ImageFormat | null {
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'png'
  if (starts(bytes, [0xff, 0xd8, 0xff])) return 'jpeg'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp'
  if (/^GIF8[79]a/.test(ascii(bytes, 0, 6))) return 'gif'
  if (starts(bytes, [0x49, 0x49, 0x2a, 0]) || starts(bytes, [0x4d, 0x4d, 0, 0x2a]) || starts(bytes, [0x49, 0x49, 0x2b, 0]) || starts(bytes, [0x4d, 0x4d, 0, 0x2b])) return 'tiff'
  // A BMP's info header has one of a few sizes and sits at byte 14; "BM" alone begins ordinary words.
  if (ascii(bytes, 0, 2) === 'BM' && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0) && starts(bytes, [0, 0, 0], 15)) return 'bmp'
  return null
}

/** A name for content that is no readable image but is recognised, for the reason given to people; null otherwise. */
export function otherFormat(bytes: Uint8Array): string | null {
  if (isZip(bytes)) return 'ZIP'
  if (isGzip(bytes)) return 'GZIP'
  if (ascii(bytes, 0, 5) === '%PDF-') return 'PDF'
  if (ascii(bytes, 4, 8) === 'ftyp') return /^(avif|avis)$/.test(ascii(bytes, 8, 12)) ? 'AVIF' : /^(heic|heix|mif1|msf1)$/.test(ascii(bytes, 8, 12)) ? 'HEIC' : 'MP4'
  if (starts(bytes, [0xff, 0x0a]) || ascii(bytes, 4, 8) === 'JXL ') return 'JPEG XL'
  if (ascii(bytes, 0, 4) === '8BPS') return 'PSD'
  if (/^\s*(<\?xml[^>]*>\s*)?(<!--[^]*?-->\s*)?<svg[\s>]/.test(ascii(bytes, 0, 512))) return 'SVG'
  return null
}

export function isZip(bytes: Uint8Array): boolean {
  return starts(bytes, [0x50, 0x4b, 3, 4]) || starts(bytes, [0x50, 0x4b, 5, 6])
}

export function isGzip(bytes: Uint8Array): boolean {
  return starts(bytes, [0x1f, 0x8b])
}
