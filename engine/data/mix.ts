// Mix: augmentation of a picture with its mask, boxes and classes, which follow what happens to it; and of several pictures into one.
import type { Augmentation, ImageInput } from '../contract/recipe.ts'
import type { Random } from './random.ts'
import { touchUp } from './touch-up.ts'
import { clipBox, drawWarp, warpBox, warpMask, warpPixels, type Rectangle } from './warp.ts'

export type Shape = Pick<ImageInput, 'height' | 'width' | 'channels'>

export interface ClassBox extends Rectangle {
  readonly class: number
}

/** A picture and what is known of it, all at one size; what the task has not is null or empty. */
export interface Picture {
  /** HWC. */
  readonly pixels: Uint8Array
  /** Class of each pixel, 0 for the background. */
  readonly mask: Uint8Array | null
  readonly boxes: readonly ClassBox[]
  /** Share of each class. */
  readonly classes: Float32Array | null
}

/** Pictures that can be mixed with one another. */
export interface Pictures {
  readonly count: number
  readonly shape: Shape
  get(row: number): Picture
}

/** Share of a box that something painted over it must leave for the box to stay. */
const LEAST_SEEN = 0.3

/**
 * Picture `row`, changed: mosaic or warp, then mixup, cutmix, colour, blur, noise and cutout, each where the configuration
 * has it. Partners are drawn from all pictures. The result is new; what `get` gives is not changed.
 */
export function mixed(pictures: Pictures, row: number, config: Augmentation, random: Random): Picture {
  const { shape, count } = pictures
  const { mosaic = 0, mixup = 0, cutmix = 0, cutout = 0 } = config
  const other = (): Picture => warped(pictures.get(random.int(count)), shape, config, random)
  let picture = mosaic > 0 && random.uniform() < mosaic ? quartered([warped(pictures.get(row), shape, config, random), other(), other(), other()], shape, random) : warped(pictures.get(row), shape, config, random)
  if (mixup > 0) picture = blended(picture, other(), beta(mixup, random))
  if (cutmix > 0 && random.uniform() < cutmix) picture = patched(picture, other(), window(shape, random.uniform(), random), shape)
  const hole = touchUp(picture.pixels, shape, config, random)
  return cutout > 0 && hole ? { ...picture, mask: emptied(picture.mask, hole, shape), boxes: picture.boxes.filter((box) => shown(box, hole) >= LEAST_SEEN) } : picture
}

function warped({ pixels, mask, boxes, classes }: Picture, shape: Shape, config: Augmentation, random: Random): Picture {
  const warp = drawWarp(random, config, shape)
  const out = new Uint8Array(pixels.length)
  warpPixels(pixels, 0, out, 0, shape.channels, warp)
  const outMask = mask && new Uint8Array(mask.length)
  if (mask && outMask) warpMask(mask, 0, outMask, 0, warp)
  return { pixels: out, mask: outMask, classes, boxes: boxes.flatMap((box) => warpBox(warp, box) ?? []) }
}

/** Four pictures about a point near the middle, each with its corner there. Bochkovskiy et al., "YOLOv4", 2020, https://arxiv.org/abs/2004.10934. */
function quartered(four: readonly [Picture, Picture, Picture, Picture], shape: Shape, random: Random): Picture {
  const { height, width, channels } = shape
  const [cx, cy] = [width, height].map((side) => Math.round(side * (0.3 + 0.4 * random.uniform()))) as [number, number]
  const [first] = four
  const out = { pixels: new Uint8Array(first.pixels.length), mask: first.mask && new Uint8Array(first.mask.length) }
  const boxes: ClassBox[] = []
  let classes = first.classes && new Float32Array(first.classes.length)
  four.forEach((picture, i) => {
    const tile: Rectangle = { x: i % 2 === 0 ? 0 : cx, y: i < 2 ? 0 : cy, width: i % 2 === 0 ? cx : width - cx, height: i < 2 ? cy : height - cy }
    // How far the picture moves for its corner to meet the point.
    const [dx, dy] = [i % 2 === 0 ? cx - width : cx, i < 2 ? cy - height : cy]
    copyTile(picture.pixels, out.pixels, tile, dx, dy, width, channels)
    if (picture.mask && out.mask) copyTile(picture.mask, out.mask, tile, dx, dy, width, 1)
    for (const box of picture.boxes) {
      const kept = clipBox({ ...box, x: box.x + dx - tile.x, y: box.y + dy - tile.y }, tile)
      if (kept) boxes.push({ ...kept, x: kept.x + tile.x, y: kept.y + tile.y })
    }
    classes &&= classes.map((share, c) => share + ((picture.classes?.[c] ?? 0) * tile.width * tile.height) / (width * height))
  })
  return { ...out, boxes, classes }
}

function copyTile(from: Uint8Array, to: Uint8Array, tile: Rectangle, dx: number, dy: number, width: number, channels: number): void {
  for (let y = tile.y; y < tile.y + tile.height; y++) {
    const start = ((y - dy) * width + tile.x - dx) * channels
    to.set(from.subarray(start, start + tile.width * channels), (y * width + tile.x) * channels)
  }
}

/** Zhang et al., "mixup", ICLR 2018, https://arxiv.org/abs/1710.09412: classes by share; boxes of both; the mask of the one that is seen more. */
function blended(a: Picture, b: Picture, share: number): Picture {
  return {
    pixels: a.pixels.map((v, i) => Math.round(share * v + (1 - share) * (b.pixels[i] ?? 0))),
    mask: share >= 0.5 ? a.mask : b.mask,
    boxes: [...a.boxes, ...b.boxes],
    classes: a.classes && a.classes.map((v, c) => share * v + (1 - share) * (b.classes?.[c] ?? 0)),
  }
}

/** Yun et al., "CutMix", ICCV 2019, https://arxiv.org/abs/1905.04899: a rectangle of `b` over `a`; classes by area. */
function patched(a: Picture, b: Picture, patch: Rectangle, { height, width, channels }: Shape): Picture {
  const out = { pixels: a.pixels.slice(), mask: a.mask && a.mask.slice() }
  copyTile(b.pixels, out.pixels, patch, 0, 0, width, channels)
  if (b.mask && out.mask) copyTile(b.mask, out.mask, patch, 0, 0, width, 1)
  const share = 1 - (patch.width * patch.height) / (width * height)
  const inside = b.boxes.flatMap((box) => {
    const kept = clipBox({ ...box, x: box.x - patch.x, y: box.y - patch.y }, patch)
    return kept ? [{ ...kept, x: kept.x + patch.x, y: kept.y + patch.y }] : []
  })
  return { ...out, boxes: [...a.boxes.filter((box) => shown(box, patch) >= LEAST_SEEN), ...inside], classes: a.classes && a.classes.map((v, c) => share * v + (1 - share) * (b.classes?.[c] ?? 0)) }
}

/** A rectangle of `share` of the area with the picture's proportions, anywhere in it. */
function window({ height, width }: Shape, share: number, random: Random): Rectangle {
  const [w, h] = [Math.round(width * Math.sqrt(share)), Math.round(height * Math.sqrt(share))]
  return { x: random.int(width - w + 1), y: random.int(height - h + 1), width: w, height: h }
}

function emptied(mask: Uint8Array | null, hole: Rectangle, { width }: Shape): Uint8Array | null {
  if (!mask) return null
  for (let y = hole.y; y < hole.y + hole.height; y++) mask.fill(0, y * width + hole.x, y * width + hole.x + hole.width)
  return mask
}

/** Share of `box` that `cover` leaves to be seen. */
function shown(box: Rectangle, cover: Rectangle): number {
  const w = Math.max(0, Math.min(box.x + box.width, cover.x + cover.width) - Math.max(box.x, cover.x))
  const h = Math.max(0, Math.min(box.y + box.height, cover.y + cover.height) - Math.max(box.y, cover.y))
  return 1 - (w * h) / (box.width * box.height)
}

/** Beta(alpha, alpha) for alpha of at most 1. Jöhnk, "Erzeugung von betaverteilten und gammaverteilten Zufallszahlen", Metrika 8, 1964. */
function beta(alpha: number, random: Random): number {
  for (;;) {
    const [x, y] = [random.uniform() ** (1 / alpha), random.uniform() ** (1 / alpha)]
    if (x + y > 0 && x + y <= 1) return x / (x + y)
  }
}
