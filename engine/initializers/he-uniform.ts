// He uniform: variance 2 / fan-in, uniform; for ReLU networks
import { fillUniform, type InitializerDef } from './initializer.ts'

/** He et al., "Delving deep into rectifiers", ICCV 2015. */
export const heUniform: InitializerDef = {
  title: 'He uniform',
  description: 'variance 2 / fan-in, uniform; for ReLU networks',
  fill: (out, fan, random) => {
    fillUniform(out, Math.sqrt(6 / fan.in), random)
  },
}
