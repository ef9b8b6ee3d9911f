// Pictures for the tests of vision: a bright square and a dark disc on grey, in every size and kind of file that people have.
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { Random } from '../../../engine/data/random.ts'

export interface Drawn {
  readonly name: string
  readonly split: 'train' | 'val' | 'test'
  readonly width: number
  readonly height: number
  readonly boxes: readonly { readonly class: 'square' | 'disc'; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]
  /** 0 background, 1 square, 2 disc. */
  readonly mask: Uint8Array
}

const KINDS = ['rgb', 'grey', 'alpha', 'sixteen', 'cmyk'] as const

/** `count` pictures under `folder`/images; sizes and kinds of file take turns. */
export async function drawPictures(folder: string, count: number): Promise<Drawn[]> {
  const drawn: Drawn[] = []
  for (let i = 0; i < count; i++) {
    const random = new Random(5, 'sample', i)
    const [width, height] = [[64, 64], [80, 60], [96, 128]][i % 3] as [number, number]
    const kind = KINDS[i % KINDS.length] ?? 'rgb'
    const side = 20 + random.int(12)
    const place = (): readonly [number, number] => [random.int(width - side), random.int(height - side)]
    const mask = new Uint8Array(width * height)
    const boxes: Drawn['boxes'][number][] = []
    for (const [k, name] of (['square', 'disc'] as const).entries()) {
      if (random.uniform() < 0.35) continue
      const [x, y] = place()
      const covers = (px: number, py: number): boolean => k === 0 || Math.hypot(px - x - (side - 1) / 2, py - y - (side - 1) / 2) <= side / 2
      for (let py = y; py < y + side; py++) for (let px = x; px < x + side; px++) if (covers(px, py) && mask[py * width + px] === 0) mask[py * width + px] = k + 1
      if (boxes.every((other) => x + side <= other.x || other.x + other.width <= x || y + side <= other.y || other.y + other.height <= y)) boxes.push({ class: name, x, y, width: side, height: side })
      else mask.forEach((value, at) => { if (value === k + 1) mask[at] = 0 })
    }
    const grey = Buffer.from(mask.map((value) => (value === 0 ? 128 : value === 1 ? 230 : 25) + random.int(20) - 10))
    const base = sharp(grey, { raw: { width, height, channels: 1 } })
    const image = kind === 'grey' ? base.toColourspace('b-w').png() : kind === 'alpha' ? base.toColourspace('srgb').ensureAlpha().png() : kind === 'sixteen' ? base.toColourspace('rgb16').png() : kind === 'cmyk' ? base.toColourspace('cmyk').jpeg({ quality: 95 }) : base.toColourspace('srgb').png()
    const name = `${String(i).padStart(3, '0')}.${kind === 'cmyk' ? 'jpg' : 'png'}`
    mkdirSync(path.join(folder, 'images'), { recursive: true })
    writeFileSync(path.join(folder, 'images', name), await image.toBuffer())
    drawn.push({ name, split: i < count * 0.7 ? 'train' : i < count * 0.85 ? 'val' : 'test', width, height, boxes, mask })
  }
  return drawn
}
