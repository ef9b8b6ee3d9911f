// Blocks of a transformer: attention and a two-layer network, each a residual with a norm before or after.
import { z } from 'zod'
import type { Value } from '../../graph/graph.ts'
import { add } from '../../ops/build.ts'
import { attention } from '../attention.ts'
import { dense } from '../dense.ts'
import { dropout } from '../dropout.ts'
import type { Bind, BoundLayer, LayerContext, LayerParameter } from '../layer.ts'
import { layerNorm } from '../layer-norm.ts'
import { rmsNorm } from '../rms-norm.ts'
import { part } from './bind.ts'
import { activationType } from './composite.ts'
import { buildPart, chain, partParameters, type Part } from './parts.ts'

export const transformerOptions = {
  heads: z.int().min(1),
  /** Units in the middle of the two-layer network; four times the features when left out. */
  hidden: z.int().min(1).optional(),
  activation: activationType.default('gelu'),
  /** Where the norm stands: `first` (before each part, and one at the end) trains without warm-up; `last` is the original. */
  norm: z.enum(['first', 'last']).default('first'),
  normType: z.enum(['layer-norm', 'rms-norm']).default('layer-norm'),
  rotary: z.boolean().default(false),
  /** Of each part's result, in training. */
  dropout: z.number().min(0).max(0.95).default(0),
  initializer: z.string().optional(),
}
export type TransformerSpec = z.output<z.ZodObject<typeof transformerOptions>>

/** One step of a block: its norm and what it does. */
interface Step {
  readonly norm: Part
  readonly name: string
  readonly body: Part[]
}

function steps(spec: TransformerSpec, features: number, kind: 'encoder' | 'decoder', causal: boolean, bind: Bind): Step[] {
  const { heads, rotary, initializer } = spec
  const norm = (name: string): Part => [name, normOf(spec)]
  const attend = { type: 'attention', heads, initializer, dropout: spec.dropout } as const
  return [
    { norm: norm('norm1'), name: 'attention', body: [['attention', part(attention, { ...attend, causal, rotary })]] },
    ...(kind === 'decoder' ? [{ norm: norm('norm_cross'), name: 'cross', body: [['cross', part(attention, { ...attend, cross: true })] as const] }] : []),
    {
      norm: norm('norm2'),
      name: 'network',
      body: [
        ['expand', part(dense, { type: 'dense', units: spec.hidden ?? 4 * features, initializer })],
        ['activation', bind({ type: spec.activation })],
        ['shrink', part(dense, { type: 'dense', units: features, initializer })],
      ],
    },
  ]
}

const normOf = (spec: TransformerSpec): BoundLayer => (spec.normType === 'rms-norm' ? part(rmsNorm, { type: 'rms-norm' }) : part(layerNorm, { type: 'layer-norm' }))

/** A stack of `blocks` (`block1`, …), with a `norm` at the end where norms come first. Takes and gives [time, features]. */
export function transformerStack(spec: TransformerSpec, blocks: number, features: number, kind: 'encoder' | 'decoder', causal: boolean, bind: Bind): BoundLayer {
  const all: Part[] = Array.from({ length: blocks }, (_, i) => [`block${i + 1}`, block(spec, steps(spec, features, kind, causal, bind))] as const)
  return chain('transformer', spec.norm === 'first' ? [...all, ['norm', normOf(spec)]] : all)
}

function block(spec: TransformerSpec, list: readonly Step[]): BoundLayer {
  const parameters = (input: readonly number[]): LayerParameter[] => list.flatMap(({ norm, body }) => [...partParameters(norm, input), ...chain('step', body).parameters(input)])
  return {
    type: 'transformer block',
    outputShape: (input) => list.reduce((shape, { body }) => chain('step', body).outputShape(shape), input),
    parameters,
    multiplyAdds: (input) => list.reduce((sum, { norm, body }) => sum + norm[1].multiplyAdds(input) + chain('step', body).multiplyAdds(input), 0),
    build: (x, context) => list.reduce((value, step) => residual(spec, step, value, context), x),
  }
}

function residual(spec: TransformerSpec, { norm, name, body }: Step, x: Value, context: LayerContext): Value {
  const drop: Part = [`${name}-dropout`, part(dropout, { type: 'dropout', rate: spec.dropout })]
  const branch = (value: Value): Value => buildPart(drop, chain(name, body).build(value, context), context)
  return spec.norm === 'first' ? add(x, branch(buildPart(norm, x, context))) : buildPart(norm, add(x, branch(x)), context)
}
