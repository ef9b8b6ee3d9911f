// Where the bytes of imported models come from: whoever has a project open lends its files for that long.
import { LatheError } from '../../contract/errors.ts'

export type ModelFileSource = (sha256: string) => Uint8Array | null

const sources = new Set<ModelFileSource>()
/** The last one read: a run asks for it many times. */
let last: { readonly sha256: string; readonly bytes: Uint8Array } | null = null

/** Until disposed. */
export function lendModelFiles(source: ModelFileSource): Disposable {
  sources.add(source)
  return { [Symbol.dispose]: () => { sources.delete(source) } }
}

/** @throws LatheError `not-found` where no open project has the file. */
export function modelFile(sha256: string): Uint8Array {
  if (last?.sha256 === sha256) return last.bytes
  for (const source of sources) {
    const bytes = source(sha256)
    if (bytes) {
      last = { sha256, bytes }
      return bytes
    }
  }
  throw new LatheError('not-found', sha256 === '' ? 'model imported: no file is chosen; open an ONNX file first (--model FILE.onnx)' : `model imported: the project has no model file ${sha256.slice(0, 12)}…; open the ONNX file again`)
}
