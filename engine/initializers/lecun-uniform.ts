// LeCun uniform: variance 1 / fan-in, uniform; for tanh networks
import { fillUniform, type InitializerDef } from './initializer.ts'

/** LeCun et al., "Efficient BackProp", 1998, section 4.6. */
export const lecunUniform: InitializerDef = {
  title: 'LeCun uniform',
  description: 'variance 1 / fan-in, uniform; for tanh networks',
  fill: (out, fan, random) => {
    fillUniform(out, Math.sqrt(3 / fan.in), random)
  },
}
