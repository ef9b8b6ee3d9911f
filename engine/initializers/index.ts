// Registry of initializers by name.
import { LatheError } from '../contract/errors.ts'
import { constant, constantOf } from './constant.ts'
import { heNormal } from './he-normal.ts'
import { heUniform } from './he-uniform.ts'
import type { InitializerDef } from './initializer.ts'
import { lecunNormal } from './lecun-normal.ts'
import { lecunUniform } from './lecun-uniform.ts'
import { orthogonal } from './orthogonal.ts'
import { sigmoidOrthogonal } from './sigmoid-orthogonal.ts'
import { truncatedNormal } from './truncated-normal.ts'
import { xavierNormal } from './xavier-normal.ts'
import { xavierUniform } from './xavier-uniform.ts'
import { zeros } from './zeros.ts'

export const initializers = {
  zeros,
  constant,
  'he-normal': heNormal,
  'he-uniform': heUniform,
  'xavier-normal': xavierNormal,
  'xavier-uniform': xavierUniform,
  'lecun-normal': lecunNormal,
  'lecun-uniform': lecunUniform,
  orthogonal,
  'sigmoid-orthogonal': sigmoidOrthogonal,
  'truncated-normal': truncatedNormal,
} satisfies Record<string, InitializerDef>

/** `constant:0.1` is the constant of that value. Throws LatheError `usage` for an unknown name. */
export function initializer(name: string): InitializerDef {
  const value = /^constant:(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/.exec(name)?.[1]
  if (value !== undefined) return constantOf(Number(value))
  const found: InitializerDef | undefined = (initializers as Record<string, InitializerDef>)[name]
  if (!found) throw new LatheError('usage', `there is no initializer '${name}'; there are ${Object.keys(initializers).join(', ')}`)
  return found
}
