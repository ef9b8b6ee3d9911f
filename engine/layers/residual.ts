// Residual: what layers make of the input, added to the input.
import { z } from 'zod'
import { LatheError } from '../contract/errors.ts'
import { add } from '../ops/build.ts'
import type { Bind, BoundLayer, LayerDef } from './layer.ts'
import { activationType, chainOf, specs } from './support/composite.ts'
import { buildPart, partParameters, type Part } from './support/parts.ts'

const schema = z.strictObject({
  type: z.literal('residual'),
  /** The branch. */
  layers: specs.min(1),
  /** The way around it; the input itself where left out. */
  shortcut: specs.default([]),
  /** After the sum. */
  activation: activationType.optional(),
})
type Spec = z.output<typeof schema>

interface Parts {
  readonly branches: readonly Part[]
  readonly after: BoundLayer | null
}

function parts(spec: Spec, bind: Bind): Parts {
  return {
    branches: [['branch', chainOf(spec.layers, bind)], ...(spec.shortcut.length > 0 ? [['shortcut', chainOf(spec.shortcut, bind)] as const] : [])],
    after: spec.activation ? bind({ type: spec.activation }) : null,
  }
}

/** Parts `branch` and `shortcut`. He et al., "Deep residual learning for image recognition", 2015, https://arxiv.org/abs/1512.03385. */
export const residual: LayerDef<typeof schema> = {
  title: 'Residual',
  description: 'Adds what its layers make of the input to the input, so that deep networks still learn',
  schema,
  outputShape: (spec, input, bind) => {
    const [branch = input, shortcut = input] = parts(spec, bind).branches.map(([, layer]) => layer.outputShape(input))
    if (branch.join() !== shortcut.join()) throw new LatheError('usage', `layer residual: its layers make [${branch.join(', ')}], the way around them [${shortcut.join(', ')}]: give a shortcut with layers (a 1×1 convolution with the same stride and filters)`)
    return branch
  },
  parameters: (spec, input, bind) => parts(spec, bind).branches.flatMap((p) => partParameters(p, input)),
  multiplyAdds: (spec, input, bind) => parts(spec, bind).branches.reduce((sum, [, layer]) => sum + layer.multiplyAdds(input), 0),
  build: (spec, x, context, bind) => {
    const { branches, after } = parts(spec, bind)
    const [branch = x, shortcut = x] = branches.map((p) => buildPart(p, x, context))
    const sum = add(branch, shortcut)
    return after ? after.build(sum, context) : sum
  },
}
