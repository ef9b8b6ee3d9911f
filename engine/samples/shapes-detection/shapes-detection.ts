// Sample `shapes-detection`: drawn shapes of all sizes with the boxes around them.
import { shapeName, shapesSample } from '../shapes-sample.ts'

export const shapesDetection = shapesSample({
  id: 'shapes-detection',
  title: 'Shapes: boxes',
  task: 'object-detection',
  description: '1,000 pictures of 128 × 128 pixels with up to six circles, crosses, squares and triangles of 8 to 64 pixels that overlap, on coloured grounds with noise.',
  trainSeconds: 200,
  seed: 101,
  counts: [700, 100, 200],
  scene: { side: 128, most: 6, sizes: [8, 64] },
  label: ({ boxes }) => ({ kind: 'boxes', boxes: boxes.map((box) => ({ ...box, class: shapeName(box.class) })) }),
})
