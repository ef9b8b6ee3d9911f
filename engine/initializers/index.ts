// Registry of initializers by name.
import { LatheError } from '../contract/errors.ts'
import { heNormal } from './he-normal.ts'
import { heUniform } from './he-uniform.ts'
import type { InitializerDef } from './initializer.ts'
import { xavierNormal } from './xavier-normal.ts'
import { xavierUniform } from './xavier-uniform.ts'
import { zeros } from './zeros.ts'

export const initializers = {
  zeros,
  'he-normal': heNormal,
  'he-uniform': heUniform,
  'xavier-normal': xavierNormal,
  'xavier-uniform': xavierUniform,
} satisfies Record<string, InitializerDef>

/** Throws LatheError `usage` for an unknown name. */
export function initializer(name: string): InitializerDef {
  const found: InitializerDef | undefined = (initializers as Record<string, InitializerDef>)[name]
  if (!found) throw new LatheError('usage', `there is no initializer '${name}'; there are ${Object.keys(initializers).join(', ')}`)
  return found
}
