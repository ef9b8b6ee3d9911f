// The file's side of tasks whose answers are places in the picture: the size of what is given goes along.
import type { Value } from '../../graph/graph.ts'
import { cast, fullLike, mul, reshape, shape, slice } from '../../ops/build.ts'
import { inputOf } from '../../contract/inputs/of.ts'
import type { ExportDef } from '../task.ts'
import { exportedImage } from './exported-image.ts'
import { resizePixels } from './preprocess.ts'

/** As `exportedImage`, with the feature `size` [N, 2]: height and width of the image given. */
export const exportedPicture: Pick<ExportDef, 'inputs' | 'describe' | 'feeds'> = {
  ...exportedImage,
  inputs: (graph, config) => {
    const input = inputOf('image', config)
    const image = graph.input('image', 'uint8', ['N', 'H', 'W', input.channels])
    return graph.in('preprocess', () => ({ pixels: resizePixels(image, input), size: sizeOf(image) }))
  },
}

/** [N, 2] of the sizes of [N, H, W, C]. */
function sizeOf(image: Value): Value {
  const sides = cast(slice(shape(image), { starts: [1], ends: [3] }), 'float32')
  const corner = cast(slice(image, { starts: [0, 0, 0], ends: [1, 1, 1], axes: [1, 2, 3] }), 'float32')
  const ones = reshape(fullLike(corner, 1), [-1, 1])
  return mul(ones, reshape(sides, [1, 2]))
}
