// LeCun normal: variance 1 / fan-in, normal; for SELU networks
import { fillNormal, type InitializerDef } from './initializer.ts'

/** LeCun et al., "Efficient BackProp", 1998, section 4.6; what SELU needs: Klambauer et al., "Self-normalizing neural networks", NIPS 2017. */
export const lecunNormal: InitializerDef = {
  title: 'LeCun normal',
  description: 'variance 1 / fan-in, normal; for SELU networks',
  fill: (out, fan, random) => {
    fillNormal(out, Math.sqrt(1 / fan.in), random)
  },
}
