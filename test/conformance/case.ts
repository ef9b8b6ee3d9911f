// One case of the ONNX backend suite: a model with inputs and the outputs that it must give, through import, verify, shapes, export and ORT.
// https://github.com/onnx/onnx/blob/main/docs/OnnxBackendTest.md
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { modelBytes } from '../../engine/compile/bytes.ts'
import { Program, tensor, type Tensor } from '../../engine/compile/program.ts'
import { TensorProto } from '../../engine/compile/proto.ts'
import { LatheError } from '../../engine/contract/errors.ts'
import { importModel, type ImportedModel } from '../../engine/export/import-model.ts'
import { tensorData } from '../../engine/export/import-tensor.ts'
import { verify } from '../../engine/graph/verify.ts'
import type { Shape } from '../../engine/graph/types.ts'

export interface Case {
  readonly name: string
  readonly model: Uint8Array
  readonly sets: readonly { readonly inputs: readonly Uint8Array[]; readonly outputs: readonly Uint8Array[] }[]
}

export type Outcome =
  /** `identical`: bit for bit what ORT gives for the file as it is; null where ORT does not load that. */
  | { readonly kind: 'passed'; readonly identical: boolean | null }
  /** ORT itself gives other numbers than the suite: exactly those that it gives for the file as it is. */
  | { readonly kind: 'runtime'; readonly why: string }
  /** `operator` is what is missing; `standard` false where it is of another domain, a sequence, optional value or control flow. */
  | { readonly kind: 'unsupported'; readonly operator: string; readonly why: string; readonly standard: boolean }
  | { readonly kind: 'failed'; readonly why: string }

/** Folders with a `model.onnx`, below `root` in groups as the suite has them. */
export function readCases(root: string): Case[] {
  const folders = readdirSync(root, { withFileTypes: true, recursive: true }).filter((e) => e.name === 'model.onnx')
  return folders.map((e) => readCase(e.parentPath, path.relative(root, e.parentPath))).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function readCase(folder: string, name: string): Case {
  const files = (set: string, kind: string): Uint8Array[] => {
    const all = readdirSync(path.join(folder, set)).filter((f) => f.startsWith(`${kind}_`) && f.endsWith('.pb'))
    return all.map((_, i) => readFileSync(path.join(folder, set, `${kind}_${i}.pb`)))
  }
  const sets = readdirSync(folder).filter((f) => f.startsWith('test_data_set_')).map((set) => ({ inputs: files(set, 'input'), outputs: files(set, 'output') }))
  return { name, model: readFileSync(path.join(folder, 'model.onnx')), sets }
}

/** Operators on values that are no tensors, and control flow. */
const OUT_OF_SCOPE = /^(Sequence|Optional|SplitToSequence|ConcatFromSequence|Loop$|Scan$|If$)/

export async function runCase(test: Case): Promise<Outcome> {
  let model: ImportedModel
  try {
    model = importModel(test.model, { name: test.name })
  } catch (error) {
    return refusal(error)
  }
  try {
    verify(model.graph)
    const bytes = modelBytes(model.graph, { parameters: model.parameters, opset: model.exportOpset, metadata: model.metadata })
    await using program = await Program.load(test.name, bytes, { threads: 1 })
    await using untouched = await Program.load(test.name, test.model, { threads: 1 }).catch(() => null)
    let identical: boolean | null = untouched ? true : null
    const wrong: string[] = []
    for (const set of test.sets) {
      const inputs = set.inputs.map((b) => decoded(b))
      const feeds = Object.fromEntries(model.graph.inputs.map((v, i) => [v.name, inputs[i] as Tensor]))
      const found = await program.run(feeds)
      const direct = await untouched?.run(feeds).catch(() => null)
      if (!direct) identical = null
      const symbols = new Map<string, number>()
      model.graph.inputs.forEach((v, i) => {
        compatible(`input '${v.name}'`, v.shape, inputs[i]?.shape ?? [], symbols)
      })
      for (const [i, [name, value]] of [...model.graph.outputs].entries()) {
        const got = found[name]
        if (!got) throw new Error(`no output '${name}'`)
        if (got.dtype !== value.dtype) throw new Error(`output '${name}' is ${got.dtype}, inferred ${value.dtype}`)
        compatible(`output '${name}'`, value.shape, got.shape, symbols)
        if (direct?.[name] && !equalBits(got, direct[name])) identical = false
        const error = set.outputs[i] ? difference(name, got, decoded(set.outputs[i])) : null
        if (error !== null) wrong.push(error)
      }
    }
    if (wrong[0] !== undefined) return { kind: identical ? 'runtime' : 'failed', why: wrong[0] }
    return { kind: 'passed', identical }
  } catch (error) {
    return { kind: 'failed', why: messageOf(error) }
  }
}

function refusal(error: unknown): Outcome {
  if (!(error instanceof LatheError) || error.kind !== 'graph') return { kind: 'failed', why: `not a LatheError: ${messageOf(error)}` }
  const { operator, domain, unsupported } = error.details ?? {}
  if (unsupported === undefined && !/not supported/.test(error.message)) return { kind: 'failed', why: error.message }
  const name = typeof operator === 'string' ? operator : 'input'
  const standard = (domain === undefined || domain === 'ai.onnx') && !OUT_OF_SCOPE.test(name) && !/sequence|optional/.test(error.message)
  return { kind: 'unsupported', operator: typeof domain === 'string' && domain !== 'ai.onnx' ? `${domain}.${name}` : name, why: error.message, standard }
}

function decoded(bytes: Uint8Array): Tensor {
  const { dtype, shape, data } = tensorData(TensorProto.decode(bytes), 'a tensor of the case')
  return tensor(dtype, data, shape)
}

/** A symbol stands for one size throughout; expressions of symbols and free sizes for any. */
function compatible(what: string, inferred: Shape, found: readonly number[], symbols: Map<string, number>): void {
  const fits =
    inferred.length === found.length &&
    inferred.every((d, i) => {
      const size = found[i] ?? NaN
      if (typeof d === 'number') return d === size
      const known = symbols.get(d)
      symbols.set(d, size)
      return known === undefined || known === size
    })
  if (!fits) throw new Error(`${what} has shape [${found.join(', ')}], inferred [${inferred.join(', ')}]`)
}

const numbers = (t: Tensor): readonly (number | bigint | string)[] => Array.from(t.data as ArrayLike<number | bigint | string>)
const REAL: ReadonlySet<string> = new Set(['float32', 'float64', 'float16'])

/** The tolerances of ONNX's own runner; integers, bools and strings are exact. */
function difference(name: string, got: Tensor, want: Tensor): string | null {
  if (got.dtype !== want.dtype || got.shape.join() !== want.shape.join()) return `output '${name}' is ${got.dtype} [${got.shape.join(', ')}], expected ${want.dtype} [${want.shape.join(', ')}]`
  const [a, b] = got.dtype === 'float16' ? [halves(got), halves(want)] : [numbers(got), numbers(want)]
  for (const [i, w] of b.entries()) {
    const g = a[i]
    // How many digits a real number is written with is left to the runtime.
    const written = typeof g === 'string' && typeof w === 'string' && w.trim() !== '' && Number.isFinite(Number(w)) && Math.abs(Number(g) - Number(w)) <= 1e-6 * Math.abs(Number(w))
    const equal = written || (REAL.has(got.dtype) ? Object.is(Number(g), Number(w)) || Math.abs(Number(g) - Number(w)) <= 1e-5 + 1e-3 * Math.abs(Number(w)) : g === w)
    if (!equal) return `output '${name}', element ${i}: ${String(g)}, expected ${String(w)}`
  }
  return null
}

function equalBits(a: Tensor, b: Tensor): boolean {
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false
  const [x, y] = [numbers(a), numbers(b)]
  return x.every((v, i) => Object.is(v, y[i]))
}

/** float16 from its bits, or as the numbers that a Float16Array gives. */
function halves(t: Tensor): number[] {
  return t.data instanceof Uint16Array ? Array.from(t.data, half) : numbers(t).map(Number)
}

function half(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
