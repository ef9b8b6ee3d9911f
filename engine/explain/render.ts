// explanationPng: the figure of an explanation as a PNG file.
import sharp from 'sharp'
import type { Explanation } from '../contract/commands.ts'
import { decode } from '../data/decode.ts'
import { explanationFigure } from './figure.ts'

/** @param source the sample's file as it came. */
export async function explanationPng(source: Uint8Array, explanation: Explanation): Promise<Buffer> {
  const { width, height, data } = explanationFigure(await decode(source), explanation)
  return sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha().png().toBuffer()
}
