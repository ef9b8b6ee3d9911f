// Initializer: how the first values of a parameter are drawn.
import type { Random } from '../data/random.ts'

/** Inputs and outputs that one weight connects, times the kernel's area. */
export interface Fan {
  readonly in: number
  readonly out: number
}

export interface InitializerDef {
  readonly title: string
  readonly description: string
  /** Overwrites `out`. `shape` is the parameter's; a matrix of fan-in rows where left out. */
  fill(out: Float32Array, fan: Fan, random: Random, shape?: readonly number[]): void
}

/** Fills with uniform draws from [-limit, limit). */
export function fillUniform(out: Float32Array, limit: number, random: Random): void {
  for (let i = 0; i < out.length; i++) out[i] = (2 * random.uniform() - 1) * limit
}

/** Fills with normal draws of mean 0. */
export function fillNormal(out: Float32Array, deviation: number, random: Random): void {
  for (let i = 0; i < out.length; i++) out[i] = random.normal() * deviation
}
