// Sigmoid orthogonal: orthogonal times four, each unit's weights adding up to zero; for deep networks of sigmoids
import type { InitializerDef } from './initializer.ts'
import { orthogonal } from './orthogonal.ts'

/** A sigmoid's slope at 0 is 1/4: four times as large weights give a signal through it back its size. */
const GAIN = 4

/**
 * A sigmoid is (1 + tanh(x / 2)) / 2, so a layer of it with these weights is one of tanh with orthogonal weights, at the edge where
 * signals neither die nor explode: Glorot and Bengio, AISTATS 2010; Pennington, Schoenholz and Ganguli, "Resurrecting the sigmoid
 * in deep learning through dynamical isometry", NIPS 2017, https://arxiv.org/abs/1711.04735. Of a tensor the first axis is the
 * inputs. The mean of 1/2 that sigmoids give is taken out by weights that add up to zero.
 */
export const sigmoidOrthogonal: InitializerDef = {
  title: 'Sigmoid orthogonal',
  description: 'orthogonal, four times as large, each unit balanced around zero; lets deep networks of sigmoids learn',
  fill: (out, fan, random, shape) => {
    orthogonal.fill(out, fan, random, shape)
    const rows = shape?.[0] ?? Math.max(1, fan.in)
    const columns = out.length / rows
    for (let c = 0; c < columns; c++) {
      let mean = 0
      for (let r = 0; r < rows; r++) mean += (out[r * columns + c] ?? 0) / rows
      for (let r = 0; r < rows; r++) out[r * columns + c] = GAIN * ((out[r * columns + c] ?? 0) - mean)
    }
  },
}
