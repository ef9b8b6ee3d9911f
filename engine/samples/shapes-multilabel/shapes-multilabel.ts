// Sample `shapes-multilabel`: drawn shapes, and which kinds there are in each picture.
import { shapeName, shapesSample } from '../shapes-sample.ts'

export const shapesMultilabel = shapesSample({
  id: 'shapes-multilabel',
  title: 'Shapes: several classes',
  task: 'image-multilabel',
  description: '1,400 pictures of 48 × 48 pixels with up to three circles, crosses, squares and triangles of 12 to 32 pixels; the kinds that are there, which may be none.',
  trainSeconds: 100,
  seed: 103,
  counts: [1000, 150, 250],
  scene: { side: 48, most: 3, sizes: [12, 32] },
  label: ({ boxes }) => ({ kind: 'classes', classes: [...new Set(boxes.map((box) => box.class))].sort((a, b) => a - b).map(shapeName) }),
})
