// He normal: variance 2 / fan-in, normal; for ReLU networks
import { fillNormal, type InitializerDef } from './initializer.ts'

/** He et al., "Delving deep into rectifiers", ICCV 2015. */
export const heNormal: InitializerDef = {
  title: 'He normal',
  description: 'variance 2 / fan-in, normal; for ReLU networks',
  fill: (out, fan, random) => {
    fillNormal(out, Math.sqrt(2 / fan.in), random)
  },
}
