// Xavier normal: variance 2 / (fan-in + fan-out), normal; for tanh and linear layers
import { fillNormal, type InitializerDef } from './initializer.ts'

/** Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010. */
export const xavierNormal: InitializerDef = {
  title: 'Xavier normal',
  description: 'variance 2 / (fan-in + fan-out), normal; for tanh and linear layers',
  fill: (out, fan, random) => {
    fillNormal(out, Math.sqrt(2 / (fan.in + fan.out)), random)
  },
}
