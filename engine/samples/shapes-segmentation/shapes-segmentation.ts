// Sample `shapes-segmentation`: drawn shapes with the class of every pixel.
import { runsOf } from '../../tasks/segmentation/masks.ts'
import { shapeName, shapesSample } from '../shapes-sample.ts'

export const shapesSegmentation = shapesSample({
  id: 'shapes-segmentation',
  title: 'Shapes: masks',
  task: 'segmentation',
  description: '1,300 pictures of 96 × 96 pixels with up to five circles, crosses, squares and triangles of 10 to 56 pixels that overlap, on coloured grounds with noise; the class of every pixel.',
  trainSeconds: 330,
  seed: 102,
  counts: [1000, 100, 200],
  scene: { side: 96, most: 5, sizes: [10, 56] },
  label: ({ mask }, side) => runsOf({ width: side, height: side, data: mask }, shapeName),
})
