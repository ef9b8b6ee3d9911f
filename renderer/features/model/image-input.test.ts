// Tests of changing a model's input.
import { expect, test } from 'vitest'
import type { ImageInput } from '../../../engine/contract/recipe.ts'
import { withChannels } from './image-input.ts'

const grey: ImageInput = { kind: 'image', height: 28, width: 28, channels: 1, mean: [0.2], std: [0.4] }

test('mean and std have one value a channel', () => {
  const colour = withChannels(grey, 3)
  expect(colour).toMatchObject({ channels: 3, mean: [0.2, 0.2, 0.2], std: [0.4, 0.4, 0.4] })
  expect(withChannels({ ...colour, mean: [0.1, 0.2, 0.6] }, 1).mean[0]).toBeCloseTo(0.3)
  expect(withChannels(grey, 1)).toBe(grey)
})
