// A graph input of a model file: tensors of known rank, sizes that are numbers or symbols.
import type { IValueInfoProto } from '../compile/proto.ts'
import { dtypeOf } from '../compile/proto.ts'
import { LatheError } from '../contract/errors.ts'
import type { Graph, Value } from '../graph/graph.ts'
import type { Dim } from '../graph/types.ts'
import { elementName } from './import-tensor.ts'

const MAX_RANK = 64

/** Sizes without name are called after the input; names that would read as arithmetic (`2*n`) get plain ones. */
export function addInput(graph: Graph, info: IValueInfoProto, sizes: Readonly<Record<string, Dim>>): Value {
  const name = info.name ?? ''
  const refuse = (what: string, unsupported?: string): never => {
    throw new LatheError('graph', `input '${name}' ${what}`, { input: name, ...(unsupported && { unsupported }) })
  }
  if (name === '') refuse('has no name')
  const type = info.type?.tensorType
  if (!type) return refuse(`is a ${info.type?.sequenceType ? 'sequence' : info.type?.mapType ? 'map' : info.type?.optionalType ? 'optional value' : 'value of unknown type'}; only tensors are supported`, 'type')
  const dtype = dtypeOf(type.elemType ?? 0) ?? refuse(`has element type ${elementName(type.elemType ?? 0)}, which is not supported`, 'type')
  if (!type.shape) return refuse('has no shape; at least its number of axes must be known', 'type')
  const dims = type.shape.dim ?? []
  if (dims.length > MAX_RANK) refuse(`has ${dims.length} axes, at most ${MAX_RANK} are allowed`)
  const shape = dims.map(({ dimValue, dimParam }, i): Dim => {
    if (!dimParam && dimValue !== null && dimValue !== undefined && Number(dimValue) >= 0) {
      const size = Number(dimValue)
      return Number.isSafeInteger(size) ? size : refuse(`has the impossible size ${size}`)
    }
    const symbol = dimParam ? dimParam : `${name}_${i}`
    return (Object.hasOwn(sizes, symbol) ? sizes[symbol] : undefined) ?? plain(symbol)
  })
  return graph.input(name, dtype, shape)
}

function plain(symbol: string): string {
  if (/^[A-Za-z_][\w.]{0,60}$/.test(symbol)) return symbol
  let hash = 0
  for (const c of symbol) hash = Math.imul(hash ^ (c.codePointAt(0) ?? 0), 0x01000193)
  return `${symbol.replace(/\W+/g, '_').slice(0, 40)}_${(hash >>> 0).toString(36)}`.replace(/^(\d)/, 'd$1')
}
