// Truncated normal: deviation 0.02, nothing beyond two deviations; for transformers
import type { InitializerDef } from './initializer.ts'

const DEVIATION = 0.02

/** Draws beyond ±2 deviations are drawn again. Devlin et al., "BERT", NAACL 2019; Dosovitskiy et al., "An image is worth 16x16 words", ICLR 2021. */
export const truncatedNormal: InitializerDef = {
  title: 'Truncated normal',
  description: 'deviation 0.02, nothing beyond two deviations; for transformers',
  fill: (out, _fan, random) => {
    for (let i = 0; i < out.length; i++) {
      let v = random.normal()
      while (Math.abs(v) > 2) v = random.normal()
      out[i] = v * DEVIATION
    }
  },
}
