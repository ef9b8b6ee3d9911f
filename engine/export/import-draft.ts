// A node of a model file on its way into the graph, and the small changes that rewrites are made of.
import { dtypeOf } from '../compile/proto.ts'
import { GraphError } from '../graph/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { OpDef } from '../graph/op.ts'
import { DTYPES, type Attribute, type Attributes, type DType } from '../graph/types.ts'
import { cast } from '../ops/build.ts'
import { elementName } from './import-tensor.ts'

export interface Draft {
  readonly graph: Graph
  /** Of the node's domain. */
  readonly opset: number
  /** Number of outputs that the file names. */
  readonly outputs: number
  op: string
  inputs: (Value | null)[]
  attrs: Record<string, Attribute | undefined>
  /** Set where it takes other nodes than one of the operator. Null from it stands for an output that cannot be had. */
  build?: (def: OpDef) => readonly (Value | null)[]
}

/** Attributes that are given. */
export const given = (d: Draft): Attributes => Object.fromEntries(Object.entries(d.attrs).filter(([, v]) => v !== undefined))

export type Upgrade = (d: Draft) => void

/** An attribute's value, taken out of the node. */
export function take(d: Draft, name: string): Attribute | undefined {
  const value = d.attrs[name]
  d.attrs[name] = undefined
  return value
}

export function takeInts(d: Draft, name: string): readonly number[] | null {
  const v = take(d, name)
  return Array.isArray(v) && v.every((n) => typeof n === 'number') ? v : typeof v === 'number' ? [v] : null
}

export function input(d: Draft, i: number, what: string): Value {
  const v = d.inputs[i]
  if (!v) throw new GraphError(`${d.op}: ${what} (input ${i}) is missing`)
  return v
}

export function put(d: Draft, i: number, value: Value | null): void {
  while (d.inputs.length < i) d.inputs.push(null)
  d.inputs[i] = value
}

export const all = (...upgrades: readonly Upgrade[]): Upgrade => (d) => {
  for (const u of upgrades) u(d)
}

export const before = (opset: number, upgrade: Upgrade): Upgrade => (d) => {
  if (d.opset < opset) upgrade(d)
}

/** An attribute list that became the int64 input at `at`. */
export const toInput = (name: string, at: number): Upgrade => (d) => {
  const list = takeInts(d, name)
  if (list) put(d, at, d.graph.ints(list))
}

/** Drops attributes that change nothing of what is computed. */
export const without = (...names: readonly string[]): Upgrade => (d) => {
  for (const name of names) d.attrs[name] = undefined
}

/** Drops attributes that have these values: the schema refuses the others, or knows them. */
export const unless = (defaults: Readonly<Record<string, Attribute>>): Upgrade => (d) => {
  for (const [name, value] of Object.entries(defaults)) if (d.attrs[name] === value) d.attrs[name] = undefined
}

export const fallback = (values: Readonly<Record<string, Attribute>>): Upgrade => (d) => {
  for (const [name, value] of Object.entries(values)) d.attrs[name] ??= value
}

export const rename = (op: string): Upgrade => (d) => {
  d.op = op
}

/** int32 inputs that hold indices, as int64. */
export const wide = (...at: readonly number[]): Upgrade => (d) => {
  for (const i of at) {
    const v = d.inputs[i]
    if (v?.dtype === 'int32') d.inputs[i] = cast(v, 'int64')
  }
}

/** An element type number, or before opset 6 its name, as a name. */
export const dtypeAttribute = (name: string): Upgrade => (d) => {
  const v = d.attrs[name]
  if (v === undefined) return
  const dtype = typeof v === 'number' ? dtypeOf(v) : typeof v === 'string' ? named(v) : null
  if (!dtype) throw new GraphError(`${d.op}: attribute '${name}' asks for element type ${typeof v === 'number' ? elementName(v) : JSON.stringify(v)}, which is not supported`)
  d.attrs[name] = dtype
}

function named(v: string): DType | null {
  const name = v.toLowerCase()
  return name === 'float' ? 'float32' : name === 'double' ? 'float64' : (DTYPES.find((t) => t === name) ?? null)
}
