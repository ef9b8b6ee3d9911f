// Constant: one value everywhere; for biases.
import type { InitializerDef } from './initializer.ts'

/** Written `constant:0.1` in a recipe or a layer; 1 where no value is given. Biases above zero keep fresh rectifiers alive: Krizhevsky et al., "ImageNet classification with deep convolutional neural networks", NIPS 2012, section 5. */
export const constant: InitializerDef = constantOf(1)

/** All `value`. */
export function constantOf(value: number): InitializerDef {
  return {
    title: 'Constant',
    description: 'One value everywhere (`constant:0.1`); for biases',
    fill: (out) => {
      out.fill(value)
    },
  }
}
