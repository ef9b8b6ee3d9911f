// Input and output of every use-case, as main/api/contract names them (after the schema has filled in defaults).
import type { AnyContractProcedure, AnySchema, InferContractRouterOutputs, InferSchemaOutput } from '@orpc/contract'
import type { contract } from '../api/contract/index.ts'

type Parsed<T> = T extends AnyContractProcedure ? (T['~orpc']['inputSchema'] extends infer S ? InferSchemaOutput<Extract<S, AnySchema>> : never) : { readonly [K in keyof T]: Parsed<T[K]> }

/** `In['samples']['list']` is what `services.samples.list` takes. */
export type In = Parsed<typeof contract>
/** `Out['samples']['list']` is what it gives. */
export type Out = InferContractRouterOutputs<typeof contract>
