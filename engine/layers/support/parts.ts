// Parts of composite layers: names in front of their parameters, and chains of one after the other.
import type { Value } from '../../graph/graph.ts'
import type { BoundLayer, LayerContext, LayerParameter } from '../layer.ts'

export type Part = readonly [name: string, layer: BoundLayer]

/** The parameters of a part, named `part.parameter`. */
export function partParameters([name, layer]: Part, input: readonly number[]): LayerParameter[] {
  return layer.parameters(input).map((p) => ({ ...p, name: `${name}.${p.name}` }))
}

/** Builds a part inside the context of the layer that it belongs to. */
export function buildPart([name, layer]: Part, x: Value, context: LayerContext, changes: Partial<Pick<LayerContext, 'mask' | 'memory' | 'memoryMask' | 'folding'>> = {}): Value {
  return x.graph.in(name, () =>
    layer.build(x, {
      ...context,
      ...changes,
      parameter: (own) => context.parameter(`${name}.${own}`),
      update: (own, next) => {
        context.update(`${name}.${own}`, next)
      },
      keepMask: (of, rate, inner) => context.keepMask(of, rate, inner === undefined ? name : `${name}.${inner}`),
    }),
  )
}

/** Layers one after the other as one. */
export function chain(type: string, parts: readonly Part[]): BoundLayer {
  const walk = <T>(input: readonly number[], visit: (part: Part, shape: readonly number[]) => T): T[] => {
    let shape = input
    return parts.map((part) => {
      const result = visit(part, shape)
      shape = part[1].outputShape(shape)
      return result
    })
  }
  return {
    type,
    outputShape: (input) => parts.reduce((shape, [, layer]) => layer.outputShape(shape), input),
    parameters: (input) => walk(input, partParameters).flat(),
    multiplyAdds: (input) => walk(input, ([, layer], shape) => layer.multiplyAdds(shape)).reduce((a, b) => a + b, 0),
    build: (x, context) => parts.reduce((value, part, i) => buildPart(part, value, context, i === 0 ? { folding: undefined } : {}), x),
  }
}
