// Binding: a layer definition and a raw spec become a layer whose type callers need not know.
import { z } from 'zod'
import { LatheError } from '../../contract/errors.ts'
import type { Bind, BoundLayer, LayerDef } from '../layer.ts'

/** Parses `spec`. Throws LatheError `usage` naming the field. */
export function bindLayer(type: string, def: LayerDef, spec: unknown, bind: Bind): BoundLayer {
  const parsed = def.schema.safeParse(spec)
  if (!parsed.success) throw new LatheError('usage', `layer ${type}: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`)
  const checked = parsed.data
  return {
    type,
    outputShape: (input) => def.outputShape(checked, input, bind),
    parameters: (input) => def.parameters(checked, input, bind),
    multiplyAdds: (input) => def.multiplyAdds(checked, input, bind),
    build: (x, context) => def.build(checked, x, context, bind),
  }
}

/** A fixed part of a composite layer, which itself has no parts of the registry's choosing. */
export function part<Z extends z.ZodType<unknown, { type: string }>>(def: LayerDef<Z>, spec: z.input<Z>): BoundLayer {
  return bindLayer(spec.type, def, spec, ({ type }) => {
    throw new LatheError('internal', `layer ${spec.type} has no parts, it asked for ${type}`)
  })
}
