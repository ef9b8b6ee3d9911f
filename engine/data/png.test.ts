// The PNG writer against sharp's reader.
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { noise } from '../../test/support/images.ts'
import { encodePng, sizeOfPng } from './png.ts'

test.each([
  [1, 1, 1],
  [8, 8, 1],
  [7, 5, 3],
  [300, 301, 3], // several stored blocks
] as const)('%i × %i × %i comes back exactly', async (width, height, channels) => {
  const pixels = noise(width, height, 1, channels)
  const { data, info } = await sharp(encodePng(pixels)).toColourspace(channels === 1 ? 'b-w' : 'srgb').raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height, info.channels]).toEqual([width, height, channels])
  expect(new Uint8Array(data)).toEqual(pixels.data)
})

test('its size is told from the header', () => {
  for (const [width, height, channels] of [[8, 8, 1], [300, 7, 3]] as const) expect(sizeOfPng(encodePng(noise(width, height, 1, channels)))).toEqual({ width, height, channels })
})
