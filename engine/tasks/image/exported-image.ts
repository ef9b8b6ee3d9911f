// The file's side of tasks about pictures: any size in, resized and normalised inside.
import { tensor } from '../../compile/program.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import { decode } from '../../data/decode.ts'
import { toChannels } from '../../data/load.ts'
import type { ExportDef } from '../task.ts'
import { resizePixels } from './preprocess.ts'

export const exportedImage: Pick<ExportDef, 'inputs' | 'describe' | 'feeds'> = {
  inputs: (graph, config) => {
    const input = inputOf('image', config)
    const image = graph.input('image', 'uint8', ['N', 'H', 'W', input.channels])
    return { pixels: graph.in('preprocess', () => resizePixels(image, input)) }
  },
  describe: (config) => {
    const { height, width, channels, mean, std } = inputOf('image', config)
    return {
      name: 'image',
      dtype: 'uint8',
      layout: 'NHWC',
      colour: channels === 1 ? 'grey' : 'RGB',
      height,
      width,
      channels,
      mean,
      std,
      preprocessing: 'inside the model: any height and width; resize (linear, antialiased), then (pixel / 255 - mean) / std',
      decoding: 'EXIF orientation applied, alpha over white, 8 bits',
    }
  },
  feeds: async (bytes, config) => {
    const { height, width, channels, data } = toChannels(await decode(bytes), inputOf('image', config).channels)
    return { image: tensor('uint8', data, [1, height, width, channels]) }
  },
}
