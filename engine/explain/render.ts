// explanationPng: the figure of an explanation as a PNG file.
import type { Explanation } from '../contract/commands.ts'
import { decode } from '../data/decode.ts'
import { loadSharp } from '../data/sharp.ts'
import { parseSeries } from '../series/series-sample.ts'
import { explanationFigure } from './figure.ts'
import { mapFigure } from './map-figure.ts'

/** @param source the sample's file as it came. */
export async function explanationPng(source: Uint8Array, explanation: Explanation): Promise<Buffer> {
  const { width, height, data } = explanation.kind === 'image' ? explanationFigure(await decode(source), explanation) : mapFigure(explanation, curvesOf(source, explanation))
  const sharp = await loadSharp()
  return sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha().png().toBuffer()
}

/** The channels of a series in the order of the map's rows; null for what is none. */
function curvesOf(source: Uint8Array, { kind, height, labels }: Explanation): readonly ArrayLike<number>[] | null {
  if (kind !== 'series') return null
  try {
    const { channels, values } = parseSeries(source)
    const curves = (labels?.rows ?? channels).map((name) => values[channels.indexOf(name)])
    return curves.length === height && curves.every((c) => c !== undefined) ? curves : null
  } catch {
    // A step of a forecast is no series of its own.
    return null
  }
}
