// Xavier uniform: variance 2 / (fan-in + fan-out), uniform; for tanh and linear layers
import { fillUniform, type InitializerDef } from './initializer.ts'

/** Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010. */
export const xavierUniform: InitializerDef = {
  title: 'Xavier uniform',
  description: 'variance 2 / (fan-in + fan-out), uniform; for tanh and linear layers',
  fill: (out, fan, random) => {
    fillUniform(out, Math.sqrt(6 / (fan.in + fan.out)), random)
  },
}
