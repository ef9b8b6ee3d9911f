// Zeros: for biases.
import type { InitializerDef } from './initializer.ts'

export const zeros: InitializerDef = {
  title: 'Zeros',
  description: 'All zero; for biases',
  fill: (out) => {
    out.fill(0)
  },
}
