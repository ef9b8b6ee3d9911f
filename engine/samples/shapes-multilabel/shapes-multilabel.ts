// Sample `shapes-multilabel`: drawn shapes, and which kinds there are in each picture.
import { shapeName, shapesSample } from '../shapes-sample.ts'

export const shapesMultilabel = shapesSample({
  id: 'shapes-multilabel',
  title: 'Shapes: several classes',
  task: 'image-multilabel',
  description: '1,600 pictures of 64 × 64 pixels with up to four circles, crosses, squares and triangles of 12 to 40 pixels; the kinds that are there, which may be none.',
  trainSeconds: 90,
  seed: 103,
  counts: [1200, 160, 240],
  scene: { side: 64, most: 4, sizes: [12, 40] },
  label: ({ boxes }) => ({ kind: 'classes', classes: [...new Set(boxes.map((box) => box.class))].sort((a, b) => a - b).map(shapeName) }),
})
